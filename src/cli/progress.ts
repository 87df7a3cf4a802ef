import type { RebuildProgress } from '../read-models/rebuild.js';

/** Where progress is shown: a terminal, or something that keeps lines. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Characters of a full bar. */
const WIDTH = 30;

/** How often it is shown, in milliseconds: on a terminal in one line that changes, elsewhere in lines of their own. */
const EVERY = { terminal: 100, lines: 5000 };

/** Shows how far a rebuild is: events behind, events a second, and how long the rest takes at that rate. */
export function showProgress(
  output: Output,
  now: () => number = Date.now,
): (progress: RebuildProgress) => void {
  const started = now();
  let shown = -Infinity;
  return (progress) => {
    const done = progress.step === 'done';
    if (!done && now() - shown < (output.isTTY ? EVERY.terminal : EVERY.lines)) return;
    shown = now();
    const words = wordsFor(progress, (now() - started) / 1000);
    output.write(output.isTTY ? `\r${barFor(progress)} ${words}\x1b[K${done ? '\n' : ''}` : `${words}\n`);
  };
}

function barFor({ events, of }: RebuildProgress): string {
  const full = of === 0 ? WIDTH : Math.floor((events / of) * WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}]`;
}

function wordsFor({ step, events, of }: RebuildProgress, seconds: number): string {
  const rate = seconds > 0 ? events / seconds : 0;
  const each = `${counted(rate)} a second`;
  switch (step) {
    case 'folding': {
      const left = rate > 0 ? `, ${Math.ceil((of - events) / rate)} s left` : '';
      return `${counted(events)} of ${counted(of)} events, ${each}${left}`;
    }
    case 'catching-up':
      return `${counted(events)} events; catching up with what has come since`;
    case 'done':
      return `${counted(events)} events in ${seconds.toFixed(1)} s, ${each}`;
  }
}

function counted(events: number): string {
  return Math.round(events).toLocaleString('en');
}
