import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Trouble } from './part.js';

/** How long a process may take to resolve what is unknown and to end, in milliseconds. */
const FINISH = 60_000;

/** A place that a process fills, and after a `kill -9` at once the next. Each is told its part, and how many filled the slot before. */
export class Slot<Part extends { readonly slot: string }> {
  kills = 0;
  private child: ChildProcess | undefined;
  private incarnation = 0;
  private replaced = Promise.resolve();

  constructor(
    private readonly program: string,
    private readonly part: () => Part,
    private readonly report: (trouble: string) => void,
  ) {}

  start(): void {
    const part = { ...this.part(), incarnation: this.incarnation++ };
    const child = spawn(process.execPath, [this.program, JSON.stringify(part)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('message', ({ trouble }: Trouble) => this.report(`${part.slot}: ${trouble}`));
    child.on('error', (error) => this.report(`${part.slot}: ${String(error)}`));
    child.on('close', (code) => {
      if (code) this.report(`${part.slot} ended by itself with ${code}: ${said}`);
    });
    this.child = child;
  }

  /** Kills the process, whatever it is doing, and starts its successor. */
  replace(): Promise<void> {
    // One after another: two at a time would leave two successors.
    this.replaced = this.replaced.then(async () => {
      this.kills++;
      await this.end('SIGKILL');
      this.start();
    });
    return this.replaced;
  }

  /** Lets it come to an end: writers have been told everything by then, followers end after the step in hand. */
  async finish(): Promise<void> {
    if (this.child?.connected) this.child.send('finish');
    const impatience = setTimeout(() => {
      this.report(`${this.part().slot} does not come to an end`);
      this.child?.kill('SIGKILL');
    }, FINISH);
    await this.ended();
    clearTimeout(impatience);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child?.kill(signal);
    await this.ended();
  }

  private async ended(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}
