import { randomInt } from 'node:crypto';
import { MOMENTS } from './killed/moments.js';
import { REMINDERS_PER_KILL, storm, type Stormed } from './killed/storm.js';
import { type Rule, rules } from './killed/verdict.js';

const KILLS = Number(process.env['PACTA_PROOF_KILLS'] ?? 100);
const SEED = Number(process.env['PACTA_PROOF_SEED'] ?? randomInt(2 ** 31));

jest.setTimeout(KILLS * 3000 + 180_000);

const title = `with three workers that are killed ${KILLS} times while they send ${KILLS * REMINDERS_PER_KILL} reminders (PACTA_PROOF_SEED=${SEED})`;

describe(title, () => {
  let ran: Stormed;

  const timesOf = (when: string) => ran.deaths.filter((each) => each === when).length;
  const takenAgain = () =>
    ran.account.taken.length - new Set(ran.account.taken.map(({ messageId }) => messageId)).size;

  beforeAll(async () => {
    ran = await storm(KILLS, SEED);
    if (process.env['PACTA_PROOF_KILLS']) console.info(happened());
  });

  const happened = () => ({
    kills: ran.deaths.length,
    ...Object.fromEntries([...MOMENTS, 'at any time'].map((when) => [when, timesOf(when)])),
    messages: ran.account.taken.length,
    takenInStorm: ran.takenInStorm,
    takenAgain: takenAgain(),
    attempts: ran.account.attempts.length,
    uncertain: ran.account.attempts.filter(({ outcome }) => outcome === 'uncertain').length,
    held: ran.account.held.length,
  });

  test.each(Object.entries<Rule>(rules))('%s', (_name, rule) => {
    expect(rule(ran.account).slice(0, 10)).toEqual([]);
  });

  test('no worker ends by itself, or says that it cannot go on', () => {
    // That an escalation is held is for operators to know.
    expect(ran.troubles.filter((said) => !said.includes('is held until a person decides'))).toEqual([]);
  });

  test.each([...MOMENTS, 'at any time'])('workers are killed %s', (when) => {
    expect(timesOf(when)).toBeGreaterThanOrEqual(KILLS / 25);
  });

  test('enough happens to prove something', () => {
    expect(ran.deaths.length).toBeGreaterThanOrEqual(KILLS);
    expect(ran.account.reminders).toHaveLength(KILLS * REMINDERS_PER_KILL);
    expect(takenAgain()).toBeGreaterThan(KILLS / 25);
    expect(ran.takenInStorm).toBeGreaterThan(KILLS);
  });
});
