import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { dues } from '../support/model/due-dates.js';
import { type Keys, keysOfAll, type Level, people } from '../support/model/people.js';
import { proposalOf, proposed, shapes } from '../support/model/proposal.js';
import { Run } from '../support/model/run.js';
import { certain, LENGTH, rules, type Sheet, type Tally, type Turn, turns } from '../support/model/turn.js';
import { openWorld, type World } from '../support/model/world.js';
import { openTestApi, type TestApi } from '../support/http.js';

const RUNS = Number(process.env['PACTA_TEST_MODEL_RUNS'] ?? (process.env['CI'] ? 500 : 60));
const SEED = Number(process.env['PACTA_TEST_SEED'] ?? randomInt(2 ** 31));
/** Dialogues side by side: while the database works for one, the service does for another. */
const LANES = 5;

/** What a run begins with: whose commitment, due when, for whose eyes, and how far it has come. */
const beginnings = fc.record({
  shape: fc.constantFrom(...shapes),
  due: fc.constantFrom(...dues),
  by: fc.constantFrom(...people.filter(({ role }) => role === 'recorder' || role === 'secretariat')),
  level: fc.oneof(
    { weight: 4, arbitrary: fc.constant('public' as const) },
    { weight: 1, arbitrary: fc.constantFrom('parties' as const, 'own-side' as const) },
  ),
  come: fc.constantFrom<Come[]>('proposed', 'agreed', 'agreed', 'claimed', 'claimed'),
});

type Come = 'proposed' | 'agreed' | 'claimed';
type Beginning = typeof beginnings extends fc.Arbitrary<infer Value> ? Value : never;

let api: TestApi;
let keys: Keys;
let count = 0;

/** What all runs together have come to. */
const tally: Tally = { ProposeCommitment: { accepted: 0, refused: 0 } };
const lengths: number[] = [];

async function begin(world: World, beginning: Beginning): Promise<{ model: Sheet; real: Run }> {
  const { shape, due, by } = beginning;
  const own = shape.responsible.length === 1 && by.party === shape.responsible[0];
  const level: Level =
    beginning.level !== 'own-side'
      ? { level: beginning.level }
      : own
        ? { level: 'own-side', party: by.party! }
        : { level: 'public' };
  const draft = proposed(`C-${++count}`, shape, due, level, by);
  const answer = await api.ask('POST', `${world.at}/commitments`, {
    key: keys[by.name]!,
    body: proposalOf(draft),
    headers: { prefer: 'respond-async' },
  });
  expect(answer).toMatchObject({ status: 202, body: { version: 1 } });
  const id = String(answer.body['id']);
  const run = new Run(world, id);
  run.position = answer.body['position'] as number;
  const sheet: Sheet = { model: { ...draft, id }, asked: 1 };
  for (const turn of level.level === 'own-side' ? [] : opening(beginning)) await turn.run(sheet, run);
  return { model: sheet, real: run };
}

/** Commands that bring a commitment as far as a run begins with it. */
function opening({ shape, come }: Beginning): Turn[] {
  if (come === 'proposed') return [];
  const agreed = certain(tally, 'AgreeCommitment', undefined, 0);
  if (come === 'agreed') return [agreed];
  const claimed = shape.responsible.flatMap((party, number) => [
    certain(tally, 'SubmitEvidence', party, number),
    certain(tally, 'ClaimDelivery', party, number),
  ]);
  return [agreed, ...claimed];
}

beforeAll(async () => {
  api = await openTestApi();
  keys = await keysOfAll(api);
});
afterAll(() => api?.ending.now());

/** Runs one after another in a dialogue of its own. A failure is shrunk to the fewest commands that show it. */
function lane(number: number, others: { failedIn?: number }): Promise<void> {
  const commands = fc.noBias(fc.commands([turns(tally)], { maxCommands: 8 * LENGTH, size: 'max' }));
  let world: World | undefined;
  const property = fc.asyncProperty(beginnings, commands, async (beginning, asked) => {
    if ((others.failedIn ?? number) !== number) return;
    world ??= await openWorld(api, keys, `talks-${number}-${++count}`);
    try {
      const begun = await begin(world, beginning);
      await fc.asyncModelRun(() => begun, asked);
      await begun.real.finish(begun.model.model);
      tally['ProposeCommitment']!.accepted++;
      lengths.push(begun.model.asked);
    } catch (error) {
      others.failedIn ??= number;
      // What the run has left behind is nobody's to count.
      world = undefined;
      throw error;
    }
  });
  return fc.assert(property, { numRuns: Math.ceil(RUNS / LANES), seed: SEED + number });
}

const title = `whatever is asked of a commitment, by whom and when, the service says what the rules say (PACTA_TEST_SEED=${SEED})`;
test(
  title,
  async () => {
    const started = Date.now();
    const others = {};
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, (_each, at) => lane(at, others)));
    for (const each of lanes) if (each.status === 'rejected') throw each.reason;

    const mean = lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
    const counted = Object.entries(tally).map(
      ([command, { accepted, refused }]) => `${command} ${accepted}/${refused}`,
    );
    process.stdout.write(
      `Commitments beside their model: seed ${SEED}, ${lengths.length} runs of ${mean.toFixed(1)} commands in ` +
        `${((Date.now() - started) / 1000).toFixed(0)} s; accepted/refused: ${counted.join(', ')}\n`,
    );
    expect(api.troubles).toEqual([]);
    expect(mean).toBeGreaterThanOrEqual(20);
    // Of fewer runs than these it is no wonder when something rare is missing.
    if (RUNS < 300) return;
    const missing = Object.keys(rules).filter(
      (command) => !tally[command]?.accepted || !tally[command].refused,
    );
    expect(missing).toEqual([]);
  },
  900_000,
);
