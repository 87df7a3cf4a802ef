/** Someone else wrote to the stream first. Nothing of the refused append is in the log. */
export class WrongVersion extends Error {
  override readonly name = 'WrongVersion';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly current: number,
  ) {
    super(`${stream} is at version ${current}, not ${expected}.`);
  }
}

/** A stream that the append rests on has grown. Nothing of the refused append is in the log. */
export class Outrun extends Error {
  override readonly name = 'Outrun';

  constructor(readonly stream: string) {
    super(`What ${stream} was looked at for has changed.`);
  }
}

/** True when others wrote at the same moment: asking again later is right. */
export function wasOvertaken(error: unknown): boolean {
  return error instanceof WrongVersion || error instanceof Outrun;
}
