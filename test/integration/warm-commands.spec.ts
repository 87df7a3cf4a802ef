import { Clock } from '../../src/commands/clock.js';
import { ChangeCommitment, ChangeCommitmentHandler } from '../../src/commands/commitment.js';
import { Decisions } from '../../src/commands/decisions.js';
import { ChangeDialogue, ChangeDialogueHandler } from '../../src/commands/dialogue.js';
import { ChangeFocusArea, ChangeFocusAreaHandler } from '../../src/commands/focus-area.js';
import { ChangeSourceDocument, ChangeSourceDocumentHandler } from '../../src/commands/source-document.js';
import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { textDigestOf } from '../../src/domain/commitment/text.js';
import { Refusal } from '../../src/domain/refusal.js';
import { Appender } from '../../src/event-store/append.js';
import { openDatabase } from '../../src/event-store/database.js';
import { digestOf } from '../../src/event-store/entry.js';
import type { LookedUpStreams } from '../../src/event-store/looked-up-streams.js';
import { readStream } from '../../src/event-store/read.js';
import { DeciderRunner } from '../../src/event-store/run-decider.js';
import { freshDatabase } from '../support/database.js';
import { type CountedPool, openCountedPool } from '../support/round-trips.js';
import { source } from '../support/talks.js';
import { jointProposal } from '../unit/commitments.js';
import { indianOfficer, indianSecretariat, japaneseSecretariat, parties } from '../unit/scenario.js';

type Command = { readonly type: string; readonly data: unknown };

/** A process of its own: with its own connection, and its own knowledge of the streams. */
interface Process extends CountedPool {
  readonly serviceUrl: string;
  readonly streams: LookedUpStreams;
  ask(command: Command, id?: string, actor?: Actor): Promise<unknown>;
}

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.toReversed()) await end();
  endings.length = 0;
});

async function openProcess(serviceUrl: string): Promise<Process> {
  const counted = await openCountedPool(serviceUrl);
  const db = openDatabase(counted.pool);
  const runner = new DeciderRunner(db, new Appender(counted.pool));
  const decisions = new Decisions(db, runner, new Clock());
  const kinds = [
    [/Dialogue/, new ChangeDialogueHandler(decisions), ChangeDialogue],
    [/Source/, new ChangeSourceDocumentHandler(decisions), ChangeSourceDocument],
    [/FocusArea$/, new ChangeFocusAreaHandler(decisions), ChangeFocusArea],
    [/./, new ChangeCommitmentHandler(decisions), ChangeCommitment],
  ] as const;
  endings.push(() => db.destroy());
  return {
    ...counted,
    serviceUrl,
    streams: runner.streams,
    ask(command, id = 'talks', actor = indianOfficer) {
      const [, handler, Change] = kinds.find(([named]) => named.test(command.type))!;
      const said = command.type === 'ProposeCommitment' ? { sources } : { reason: 'As agreed.' };
      const asked = { log: 'talks', id, command, actor, said, correlationId: 'test' };
      return handler.execute(new Change(asked as never) as never);
    },
  };
}

const announce = {
  type: 'AnnounceDialogue',
  data: { slug: 'talks', titles: { en: 'Talks' }, parties, level: 'vice-ministerial', invented: true },
};
const sources = [{ document: 'minutes', quotation: { text: 'we will', language: 'en', verbatim: true } }];
const register = {
  type: 'RegisterSourceDocument',
  data: { ...source, id: 'minutes', standing: 'agreed-minutes' },
};
const define = (code: string) => ({ type: 'DefineFocusArea', data: { code, names: { en: code } } });
const propose = (id: string, area = 'soil') => ({
  type: 'ProposeCommitment',
  data: { ...jointProposal, id, focusAreas: [area] },
});
const name = (focalPoint: string) => ({ type: 'NameFocalPoint', data: { party: 'IN', focalPoint } });

/** Two processes on one record, of which the first has written all that there is. */
async function twoProcesses(): Promise<readonly [Process, Process]> {
  const { serviceUrl, drop } = await freshDatabase();
  endings.push(drop);
  const [one, other] = [await openProcess(serviceUrl), await openProcess(serviceUrl)];
  await one.ask(announce);
  await one.ask(register, 'minutes');
  await one.ask(define('soil'), 'soil');
  await one.ask(propose('ENV-1'), 'ENV-1');
  return [one, other];
}

describe('a command', () => {
  test('is one round trip where the process knows the streams that it looks at', async () => {
    const [one, other] = await twoProcesses();
    expect(await one.roundTripsOf(() => one.ask(name('a'), 'ENV-1'))).toBe(1);
    expect(await other.roundTripsOf(() => other.ask(name('b'), 'ENV-1'))).toBeGreaterThan(1);
    expect(await other.roundTripsOf(() => other.ask(name('c'), 'ENV-1'))).toBe(1);
  });

  test('takes its turn where others of the process change the same at the same moment, at a round trip each', async () => {
    const [one] = await twoProcesses();
    const together = () =>
      Promise.all(Array.from({ length: 20 }, (_, index) => one.ask(name(`${index}`), 'ENV-1')));
    expect(await one.roundTripsOf(together)).toBe(20);
    const { past } = await one.streams.lookUp(commitment, 'talks', 'ENV-1', 'now');
    expect(past.length).toBe(21);
  });

  test('needs of a stream that it knows only what came after that', async () => {
    const [one, other] = await twoProcesses();
    const known = await one.streams.lookUp(commitment, 'talks', 'ENV-1', 'now');
    await other.ask(name('a'), 'ENV-1');
    const now = await one.streams.lookUp(commitment, 'talks', 'ENV-1', 'now');
    const afresh = await (
      await openProcess(one.serviceUrl)
    ).streams.lookUp(commitment, 'talks', 'ENV-1', 'now');
    expect([known.past.length, now.past.length]).toEqual([1, 2]);
    expect(now).toEqual(afresh);
  });

  test('follows what other processes wrote, not what this one knew', async () => {
    const [one, other] = await twoProcesses();
    for (const [index, process] of [other, one, one, other].entries())
      await process.ask(name(`${index}`), 'ENV-1');
    const events = await readStream(openDatabase(one.pool), 'talks', 'commitment-ENV-1');
    expect(events.map(({ data }) => (data as { focalPoint?: string }).focalPoint)).toEqual([
      undefined,
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  test('is not refused for what was so before another process changed it', async () => {
    const [one, other] = await twoProcesses();
    const start = { type: 'StartWork', data: { party: 'IN' } };
    await expect(one.ask(start, 'ENV-1')).rejects.toThrow(Refusal);
    for (const actor of [indianSecretariat, japaneseSecretariat]) {
      const { state } = await other.streams.lookUp(commitment, 'talks', 'ENV-1', 'now');
      const textDigest = textDigestOf(state!, digestOf);
      const confirm = { type: 'ConfirmCommitmentText', data: { party: actor.party, textDigest } };
      await other.ask(confirm, 'ENV-1', actor);
    }
    await other.ask({ type: 'AgreeCommitment', data: {} }, 'ENV-1');
    await one.ask(start, 'ENV-1');
  });

  test('is refused for what another process changed in a stream that it only looks at', async () => {
    const [one, other] = await twoProcesses();
    await other.ask({ type: 'RetireFocusArea', data: {} }, 'soil');
    await expect(one.ask(propose('ENV-2'), 'ENV-2')).rejects.toMatchObject({ field: '/focusAreas/0' });
  });

  test('goes through while others keep changing what it looks at', async () => {
    const [one, other] = await twoProcesses();
    const renamings = Array.from({ length: 5 }, (_, index) =>
      other.ask(
        { type: 'RenameFocusArea', data: { names: { en: `Soil ${index}` }, from: '2026-01-01' } },
        'soil',
      ),
    );
    const proposals = Array.from({ length: 5 }, (_, index) =>
      one.ask(propose(`NEW-${index}`), `NEW-${index}`),
    );
    const outcomes = await Promise.allSettled([...renamings, ...proposals]);
    expect(outcomes.slice(5).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
  });
});
