import { randomInt } from 'node:crypto';
import { simulate, type Simulated } from '../support/simulation/simulation.js';

const SEEDS = Number(process.env['PACTA_SIMULATIONS'] ?? 200);
const FIRST = Number(process.env['PACTA_TEST_SEED'] ?? randomInt(2 ** 31 - SEEDS));

jest.setTimeout(SEEDS * 2000);

const messagesOf = ({ taken }: Simulated, messageId: string) =>
  taken.filter((message) => message.messageId === messageId);

/** Each rule names what breaks it. */
const rules: Record<string, (left: Simulated) => unknown[]> = {
  'every reminder comes to an end, and none stays in anybody’s hands': ({ reminders }) =>
    reminders.filter(({ state }) => !['sent', 'failed', 'skipped', 'cancelled'].includes(state)),
  'what is said to be sent was taken by the mail server: never zero': (left) =>
    left.reminders.filter(({ state, mailId, fence }) => {
      if (state !== 'sent') return false;
      const attempt = left.attempts.find((each) => each.mailId === mailId && each.fence === fence);
      return !attempt || messagesOf(left, attempt.messageId).length === 0;
    }),
  'never two without uncertain': (left) =>
    [...new Set(left.taken.map(({ messageId }) => messageId))].filter((messageId) => {
      const doubts = left.attempts.filter(
        (each) => each.messageId === messageId && each.outcome === 'uncertain',
      );
      return messagesOf(left, messageId).length > 1 + doubts.length;
    }),
  'what was taken twice is the same to the byte': (left) =>
    left.taken.filter(({ messageId, raw }) => messagesOf(left, messageId).some((other) => other.raw !== raw)),
  'the log knows of each doubt before there can be a second mail, and of each outcome': (left) =>
    left.reminders.filter(
      (row) =>
        (row.state === 'sent' || row.state === 'failed') &&
        !left.recorded.has(`${row.id} ${row.fence} ${row.state}`),
    ),
  'only what the server or the time refuses is given up': ({ reminders }) =>
    reminders.filter(({ state, failedWhy }) => state === 'failed' && failedWhy === 'too-late'),
  'of a series only what a stronger step has overtaken is left out': ({ reminders }) =>
    reminders.filter(
      (weaker) =>
        weaker.state === 'skipped' &&
        !reminders.some(
          (row) =>
            row.commitment === weaker.commitment &&
            row.due_version === weaker.due_version &&
            row.contact === weaker.contact &&
            row.strength > weaker.strength &&
            row.state !== 'skipped',
        ),
    ),
  'nothing goes out before its time': (left) =>
    left.reminders.filter(({ mailId, state, due_at, fence }) => {
      const attempt = left.attempts.find((each) => each.mailId === mailId && each.fence === fence);
      const messages = attempt ? messagesOf(left, attempt.messageId) : [];
      return state === 'sent' && messages.some(({ at }) => at < Date.parse(due_at));
    }),
};

test(`planning and sending with a crash at any step keep to every rule, for ${SEEDS} seeds from PACTA_TEST_SEED=${FIRST}`, async () => {
  let crashes = 0;
  let twice = 0;
  let sent = 0;
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const left = await simulate(seed);
    const broken = Object.entries(rules)
      .map(([rule, breaking]) => ({ seed, rule, breaking: breaking(left).slice(0, 3) }))
      .filter(({ breaking }) => breaking.length > 0);
    expect(broken).toEqual([]);
    crashes += left.crashes;
    twice += left.taken.length - new Set(left.taken.map(({ messageId }) => messageId)).size;
    sent += left.reminders.filter(({ state }) => state === 'sent').length;
  }
  // Enough happens to prove something.
  expect(crashes).toBeGreaterThan(SEEDS * 5);
  expect(twice).toBeGreaterThan(SEEDS / 10);
  expect(sent).toBeGreaterThan(SEEDS * 5);
});

test('the same seed is the same run', async () => {
  expect(await simulate(FIRST)).toEqual(await simulate(FIRST));
});
