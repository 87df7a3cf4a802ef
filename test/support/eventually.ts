/** How long something may take that follows by itself, in milliseconds. */
const WITHIN = 10_000;

/** Waits until the expectations hold; what is wrong with them at last fails the test. */
export async function eventually(expectations: () => Promise<void>): Promise<void> {
  const start = Date.now();
  for (;;) {
    try {
      return await expectations();
    } catch (error) {
      if (Date.now() - start > WITHIN) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
