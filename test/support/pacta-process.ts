import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The built service, or its command line, as a process of its own with a bare environment. */
export class PactaProcess {
  /** Everything it printed, both streams together. */
  output = '';
  /** What of it went to the standard error. */
  errors = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(env: Readonly<Record<string, string>>, args: readonly string[] = ['dist/main.js']) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [...args], { env: { PATH, HOME, ...env } });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.child.stderr!.on('data', (text: string) => (this.errors += text));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until it says that it is ready and returns its address. */
  async ready(): Promise<string> {
    const [, address] = await this.says(/Pacta is ready: open ([^\s"]+)/);
    return address!;
  }

  /** Waits until its output matches. Fails when it ends before. */
  async says(wanted: RegExp): Promise<RegExpExecArray> {
    for (let tries = 0; tries < 600; tries++) {
      const found = wanted.exec(this.output);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`It never said ${wanted}, but:\n${this.output}`);
  }

  /** Sends a signal, if any, and waits for the end. Returns the exit code; null when a signal ended it. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}
