/** Resolves once the condition holds, which what runs in the background brings about; throws after ten seconds, or as many as are given. */
export async function until(condition: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It did not come to pass within ${seconds} seconds.`);
}
