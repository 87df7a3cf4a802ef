import { type Batch, type Waiting, WaitingAppends } from '../../src/event-store/waiting-appends.js';
import { appendTo } from '../support/entries.js';

let nextTurn = 0;
const waiting = (stream: string, restsOn: readonly string[] = []): Waiting => ({
  ...appendTo(stream),
  restsOn: restsOn.map((each) => ({ stream: each, version: 1 })),
  turn: nextTurn++,
  resolve: () => undefined,
  reject: () => undefined,
});

const streamsOf = (batch: Batch | undefined) => batch?.appends.map(({ stream }) => stream) ?? [];

describe('an append to a stream that others rest on', () => {
  /** Forty commitments that rest on the dialogue. */
  const arrive = (line: WaitingAppends, name: string) => {
    for (let nth = 0; nth < 40; nth++)
      line.add('talks', waiting(`commitment-${name}-${nth}`, ['dialogue-talks']));
  };

  test('is written in its turn, however many of those keep coming', () => {
    const line = new WaitingAppends();
    arrive(line, 'first');
    const underWay = [line.take()!];
    line.add('talks', waiting('dialogue-talks'));
    let batches = 0;
    for (; batches < 10; batches++) {
      arrive(line, `batch-${batches}`);
      const next = line.take();
      if (next) underWay.push(next);
      if (streamsOf(next).includes('dialogue-talks')) break;
      line.done(underWay.shift()!);
    }
    expect(batches).toBeLessThan(3);
  });

  test('keeps none waiting that have nothing to do with it', () => {
    const line = new WaitingAppends();
    arrive(line, 'first');
    line.take();
    line.add('talks', waiting('dialogue-talks'));
    for (let nth = 0; nth < 40; nth++) line.add('talks', waiting(`source-${nth}`));
    expect(streamsOf(line.take())).toHaveLength(40);
  });
});
