import { claimed, type LedgerOnTrial, ledgers } from '../support/ledgers.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const message = { messageId: 'a@example.org', raw: Buffer.from('a') };
const again = (afterMs: number) => ({
  outcome: { outcome: 'not-sent', passing: true, detail: 'Later.' } as const,
  ending: { state: 'planned', afterMs } as const,
  late: [],
});
const sent = {
  outcome: { outcome: 'sent', code: 250, detail: '250' } as const,
  ending: { state: 'sent' } as const,
  late: [],
};

describe.each(ledgers)('%s', (_name, open) => {
  let trial: LedgerOnTrial;
  let ledger: LedgerOnTrial['ledger'];
  beforeEach(async () => {
    trial = await open();
    ({ ledger } = trial);
  });
  afterEach(() => trial.end());

  const due = async (aheadMs = 0) => (await ledger.due(aheadMs)).map(({ mailId }) => mailId);
  const stateOf = async (id: string) => (await trial.standing(id))?.state;

  test('tells what is due, the oldest first, and what will be in the time asked for', async () => {
    await trial.plan(
      { id: 'soon', dueIn: 10 * SECOND },
      { id: 'later', dueIn: MINUTE },
      { id: 'now', dueIn: -SECOND },
      { id: 'old', dueIn: -MINUTE },
    );
    expect(await due()).toEqual(['old', 'now']);
    const [old, now, soon, ...others] = await ledger.due(30 * SECOND);
    expect([old, now, others]).toEqual([
      { mailId: 'old', inMs: 0, claims: 0 },
      { mailId: 'now', inMs: 0, claims: 0 },
      [],
    ]);
    expect(soon!.mailId).toBe('soon');
    expect(soon!.inMs).toBeGreaterThan(0);
    expect(soon!.inMs).toBeLessThanOrEqual(10 * SECOND);
  });

  test('gives nothing out before it is due', async () => {
    await trial.plan({ id: 'a', dueIn: 10 * SECOND });
    expect(await ledger.claim('a')).toBeUndefined();
    await trial.pass(10 * SECOND + 1);
    expect(await claimed(trial, 'a')).toMatchObject({ fence: 1, tries: 1, reminders: [{ id: 'a' }] });
  });

  test('gives a mail to one at a time, each time under a higher fence', async () => {
    await trial.plan({ id: 'a' });
    const claims = await Promise.all([ledger.claim('a'), ledger.claim('a'), ledger.claim('a')]);
    expect(claims.filter((claim) => claim !== undefined)).toMatchObject([{ fence: 1, tries: 1 }]);
    expect(await due()).toEqual([]);
    await ledger.finish({ mailId: 'a', fence: 1 }, again(0));
    expect(await claimed(trial, 'a')).toMatchObject({ fence: 2, tries: 2, messagesBefore: 0 });
  });

  test('tells how often a mail was claimed, whatever was added to it since', async () => {
    await trial.plan({ id: 'a', mail: 'day' });
    await ledger.finish(await claimed(trial, 'day'), again(0));
    await ledger.finish(await claimed(trial, 'day'), sent);
    await trial.plan({ id: 'b', mail: 'day' });
    expect(await ledger.due(0)).toEqual([{ mailId: 'day', inMs: 0, claims: 2 }]);
  });

  test('gives a mail that failed out again when its pause is over', async () => {
    await trial.plan({ id: 'a' });
    await ledger.finish(await claimed(trial, 'a'), again(MINUTE));
    expect(await due()).toEqual([]);
    expect(await ledger.claim('a')).toBeUndefined();
    expect(await due(2 * MINUTE)).toEqual(['a']);
    await trial.pass(MINUTE + 1);
    expect(await due()).toEqual(['a']);
    await claimed(trial, 'a');
  });

  test('keeps no intent of a claim that ran out, whether or not another one has the mail', async () => {
    await trial.plan({ id: 'a' });
    const lost = await claimed(trial, 'a');
    await trial.pass(MINUTE + SECOND);
    expect(await ledger.intend(lost, message)).toBe(false);
    expect(await due()).toEqual(['a']);
    const next = await claimed(trial, 'a');
    expect(await ledger.intend(lost, message)).toBe(false);
    expect(await ledger.intend(next, message)).toBe(true);
  });

  test('lets nothing be handed over for a claim that ran out or that kept no intent', async () => {
    await trial.plan({ id: 'a' }, { id: 'b' });
    const lost = await claimed(trial, 'a');
    expect(await ledger.intend(lost, message)).toBe(true);
    await trial.pass(MINUTE + SECOND);
    expect(await ledger.startData(lost)).toBe(false);
    expect(await due()).toEqual(expect.arrayContaining(['a']));
    await claimed(trial, 'a');
    expect(await ledger.startData(lost)).toBe(false);
    expect(await ledger.startData(await claimed(trial, 'b'))).toBe(false);
  });

  test('lets a claim hold for three minutes from the moment when the server is ready', async () => {
    await trial.plan({ id: 'a' });
    const claim = await claimed(trial, 'a');
    await ledger.intend(claim, message);
    await trial.pass(50 * SECOND);
    expect(await ledger.startData(claim)).toBe(true);
    await trial.pass(3 * MINUTE - SECOND);
    expect(await due()).toEqual([]);
    expect(await stateOf('a')).toBe('sending');
    await trial.pass(2 * SECOND);
    await due();
    expect(await stateOf('a')).toBe('uncertain');
  });

  test('gives nothing of a mail out while some of it is in hand, and what is added later as another message', async () => {
    await trial.plan({ id: 'a', mail: 'day' }, { id: 'b', mail: 'day', dueIn: 10 * SECOND });
    const first = await claimed(trial, 'day');
    expect(first.reminders.map(({ id }) => id)).toEqual(['a']);
    await ledger.intend(first, message);
    await trial.pass(11 * SECOND);
    expect(await ledger.claim('day')).toBeUndefined();
    await ledger.finish(first, sent);
    const second = await claimed(trial, 'day');
    expect(second).toMatchObject({ fence: 2, messagesBefore: 1, perhapsSent: undefined });
    expect(second.reminders.map(({ id }) => id)).toEqual(['b']);
  });

  test('goes on with what of a claim was not cancelled', async () => {
    await trial.plan({ id: 'a', mail: 'day' }, { id: 'b', mail: 'day' }, { id: 'c', mail: 'day' });
    const claim = await claimed(trial, 'day');
    await ledger.cancel(claim, ['a']);
    expect(await stateOf('a')).toBe('cancelled');
    expect(await ledger.intend(claim, message)).toBe(false);
    const left = { ...claim, reminders: claim.reminders.filter(({ id }) => id !== 'a') };
    expect(await ledger.intend(left, message)).toBe(true);
    expect(await ledger.startData(left)).toBe(true);
    await ledger.finish(claim, sent);
    expect([await stateOf('a'), await stateOf('b'), await stateOf('c')]).toEqual([
      'cancelled',
      'sent',
      'sent',
    ]);
  });

  test('cancels nothing for a claim that was lost', async () => {
    await trial.plan({ id: 'a' });
    const lost = await claimed(trial, 'a');
    await trial.pass(MINUTE + SECOND);
    await due();
    await claimed(trial, 'a');
    await ledger.cancel(lost, ['a']);
    expect(await stateOf('a')).toBe('sending');
  });

  test('leaves out what a stronger step of the same series has overtaken, and nothing else', async () => {
    const series = { commitment: 'C-1' };
    await trial.plan(
      { id: 'weak', ...series, strength: 1 },
      { id: 'strong', ...series, strength: 2 },
      { id: 'to-come', ...series, strength: 3, dueIn: MINUTE },
      { id: 'of-another', ...series, contact: 'two', strength: 1 },
      { id: 'above', ...series, kind: 'escalation', strength: 1 },
      { id: 'elsewhere', commitment: 'C-2', strength: 1 },
    );
    expect((await due()).toSorted()).toEqual(['above', 'elsewhere', 'of-another', 'strong']);
    expect(await stateOf('weak')).toBe('skipped');
    expect(await stateOf('to-come')).toBe('planned');
  });

  test('leaves out what was overtaken also when nobody looked before', async () => {
    await trial.plan(
      { id: 'weak', commitment: 'C-1', strength: 1 },
      { id: 'strong', commitment: 'C-1', strength: 2 },
    );
    expect(await ledger.claim('weak')).toBeUndefined();
    expect(await stateOf('weak')).toBe('skipped');
    await claimed(trial, 'strong');
  });

  test('leaves out nothing that was put off to a later day than a stronger step that went out', async () => {
    await trial.plan(
      { id: 'put-off', commitment: 'C-1', strength: 1, snoozed: 1, dueIn: 2 * DAY },
      { id: 'strong', commitment: 'C-1', strength: 2 },
    );
    expect(await due()).toEqual(['strong']);
    await ledger.finish(await claimed(trial, 'strong'), sent);
    await trial.pass(2 * DAY + SECOND);
    expect(await due()).toEqual(['put-off']);
    await claimed(trial, 'put-off');
  });

  test('leaves out what was put off where a stronger step goes out now, or was due no sooner', async () => {
    await trial.plan(
      { id: 'put-off', commitment: 'C-1', strength: 1, snoozed: 1 },
      { id: 'missed', commitment: 'C-1', strength: 2, dueIn: -2 * DAY },
      { id: 'to-the-same-day', commitment: 'C-2', strength: 1, snoozed: 1 },
      { id: 'of-that-day', commitment: 'C-2', strength: 2 },
    );
    await ledger.finish(await claimed(trial, 'of-that-day'), sent);
    expect(await ledger.claim('to-the-same-day')).toBeUndefined();
    await claimed(trial, 'missed');
    expect(await ledger.claim('put-off')).toBeUndefined();
    expect([await stateOf('to-the-same-day'), await stateOf('put-off')]).toEqual(['skipped', 'skipped']);
  });

  test('gives up what could not go out for 45 days', async () => {
    await trial.plan({ id: 'a', dueIn: -46 * DAY }, { id: 'b', dueIn: -44 * DAY });
    expect(await ledger.claim('a')).toBeUndefined();
    expect(await ledger.notOnRecord()).toMatchObject([
      { id: 'a', state: 'failed', failed_why: 'too-late', failed_code: null, held: false },
    ]);
    await claimed(trial, 'b');
  });

  test('gathers a person’s digests of missed days in the newest, apart from escalations and from others', async () => {
    await trial.plan(
      { id: 'a', mail: 'day-1', dueIn: -3 * DAY },
      { id: 'b', mail: 'day-2', dueIn: -2 * DAY },
      { id: 'c', mail: 'day-3', dueIn: MINUTE },
      { id: 'single', dueIn: -4 * DAY },
      { id: 'other', mail: 'others-day', contact: 'two', dueIn: -DAY },
      { id: 'above', mail: 'above-day', kind: 'escalation', dueIn: -DAY },
    );
    expect((await due()).toSorted()).toEqual(['above-day', 'day-2', 'others-day', 'single']);
    expect(await trial.standing('a')).toEqual({ state: 'planned', mail: 'day-2' });
    expect((await claimed(trial, 'day-2')).reminders.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('leaves a digest that was tried as it was', async () => {
    await trial.plan({ id: 'a', mail: 'day-1', dueIn: -3 * DAY }, { id: 'b', mail: 'day-2', dueIn: SECOND });
    await ledger.finish(await claimed(trial, 'day-1'), again(0));
    await trial.pass(2 * SECOND);
    expect((await due()).toSorted()).toEqual(['day-1', 'day-2']);
  });
});
