/** What has been started and must be ended, last started first. */
export class Ending {
  private readonly steps: (() => Promise<void>)[] = [];

  /** Adds a step that ends what was just started. */
  afterwards(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  /** Ends everything; a step that fails does not keep the others, such as the database, from ending. */
  async now(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) {
      await step().catch((error: unknown) => console.error(error));
    }
  }
}
