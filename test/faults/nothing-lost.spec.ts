import { randomInt } from 'node:crypto';
import { type Happened, happened } from './happened.js';
import { type Ran, runFor } from './run.js';
import { type Rule, rules } from './verdict.js';

const SECONDS = Number(process.env['PACTA_PROOF_SECONDS'] ?? 30);
const SEED = Number(process.env['PACTA_PROOF_SEED'] ?? randomInt(2 ** 31));

jest.setTimeout(SECONDS * 2000 + 180_000);

/** What a run of the usual length must come to, also on a slow machine. */
const LEAST: Partial<Happened> = {
  acknowledged: 500,
  ofSeveralEvents: 50,
  restingOnOthers: 20,
  wrongVersion: 10,
  outrun: 5,
  refusedByRule: 1,
  askedAgain: 10,
  unknown: 10,
  writtenUnknown: 1,
  writtenByRepeat: 1,
};

const title = `with 50 writers in two processes, foreign rollbacks, cut connections, restarts and kill -9 (PACTA_PROOF_SEED=${SEED})`;

describe(title, () => {
  let ran: Ran;

  beforeAll(async () => {
    ran = await runFor(SECONDS, SEED);
    if (process.env['PACTA_PROOF_SECONDS']) console.info({ ...happened(ran.account), kills: ran.kills });
  });

  test.each(Object.entries<Rule>(rules))('%s', (_name, rule) => {
    expect(rule(ran.account).slice(0, 10)).toEqual([]);
  });

  test('no process ends by itself, or says that it cannot go on', () => {
    expect(ran.troubles).toEqual([]);
  });

  test('enough happens to prove something', () => {
    const much = happened(ran.account);
    const few = Object.entries(LEAST).filter(([name, least]) => much[name as keyof Happened] < least);
    expect({ few, much }).toEqual({ few: [], much });
    expect(ran.kills).toBeGreaterThanOrEqual(4);
  });
});
