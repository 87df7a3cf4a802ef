import type { Attempted, ClaimedMail } from '../../src/reminders/ledger.js';
import { claimed, type LedgerOnTrial, ledgers } from '../support/ledgers.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than a claim holds once the server is ready. */
const AFTER_LEASE = 3 * MINUTE + 1000;
const RESEND = 15 * MINUTE;

const message = { messageId: 'a@example.org', raw: Buffer.from('The message.') };
const sent: Attempted = {
  outcome: { outcome: 'sent', code: 250, detail: '250' },
  ending: { state: 'sent' },
  late: [],
};
const uncertain: Attempted = {
  outcome: { outcome: 'uncertain', detail: 'No answer.' },
  ending: { state: 'uncertain', afterMs: RESEND },
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

  const due = async () => (await ledger.due(0)).map(({ mailId }) => mailId);
  const stateOf = async (id: string) => (await trial.standing(id))?.state;
  const putAllOnRecord = async () => {
    for (const reminder of await ledger.notOnRecord()) await ledger.putOnRecord(reminder);
  };
  const handOver = async (claim: ClaimedMail) => {
    expect(await ledger.intend(claim, message)).toBe(true);
    expect(await ledger.startData(claim)).toBe(true);
  };
  /** A worker claims the mail, hands it over, and dies before it hears the answer. */
  const dieHandingOver = async (mail: string) => {
    const claim = await claimed(trial, mail);
    await handOver(claim);
    await trial.pass(AFTER_LEASE);
    await due();
    return claim;
  };
  const passResend = async () => {
    await putAllOnRecord();
    await trial.pass(RESEND + 1);
  };

  test('keeps mails that are under way at the same time apart', async () => {
    await trial.plan(
      { id: 'a' },
      { id: 'b' },
      { id: 'c' },
      { id: 'd', mail: 'day' },
      { id: 'e', mail: 'day' },
    );
    const lost = await claimed(trial, 'a');
    await trial.pass(AFTER_LEASE);
    await due();
    const claims = await Promise.all(['b', 'nothing', 'c', 'day'].map((mail) => ledger.claim(mail)));
    expect(claims.map((claim) => claim?.reminders.map(({ id }) => id))).toEqual([
      ['b'],
      undefined,
      ['c'],
      ['d', 'e'],
    ]);
    const mails = [lost, ...claims.filter((claim) => claim !== undefined)];
    const messages = mails.map(({ mailId }) => ({
      messageId: `${mailId}@example.org`,
      raw: Buffer.from(mailId),
    }));
    const holds = [false, true, true, true];
    expect(await Promise.all(mails.map((mail, nth) => ledger.intend(mail, messages[nth]!)))).toEqual(holds);
    expect(await Promise.all(mails.map((mail) => ledger.startData(mail)))).toEqual(holds);
    const [b, c, day] = mails.slice(1);
    const refused: Attempted = {
      outcome: { outcome: 'not-sent', passing: false, code: 550, detail: '550 "No", {she} said.' },
      ending: { state: 'failed', why: 'refused' },
      late: [],
    };
    await Promise.all([
      ledger.finish(b!, refused),
      ledger.finish(c!, uncertain),
      ledger.finish(day!, { ...sent, late: ['e'] }),
    ]);
    const told = await Promise.all(['b', 'c', 'day'].map((mail) => ledger.notOnRecord(mail)));
    expect(told.map((ofMail) => ofMail.toSorted((one, other) => (one.id < other.id ? -1 : 1)))).toMatchObject(
      [
        [{ id: 'b', state: 'failed', failed_why: 'refused', failed_code: 550 }],
        [{ id: 'c', state: 'uncertain', failed_why: null, held: false }],
        [
          { id: 'd', state: 'sent', late: false },
          { id: 'e', state: 'sent', late: true },
        ],
      ],
    );
    await Promise.all(told.flat().map((reminder) => ledger.putOnRecord(reminder)));
    expect(await ledger.notOnRecord()).toEqual([]);
    await trial.pass(RESEND + 1);
    expect((await claimed(trial, 'c')).perhapsSent).toEqual({ ...messages[2], times: 1 });
  });

  test('is done with what was sent once the log has it', async () => {
    await trial.plan({ id: 'a', mail: 'day', dueIn: -2 * DAY }, { id: 'b', mail: 'day' });
    const claim = await claimed(trial, 'day');
    await handOver(claim);
    await ledger.finish(claim, { ...sent, late: ['a'] });
    const told = await ledger.notOnRecord('day');
    expect(told).toMatchObject([
      { id: 'a', mail_id: 'day', fence: 1, state: 'sent', late: true, held: false },
      { id: 'b', mail_id: 'day', fence: 1, state: 'sent', late: false, held: false },
    ]);
    await ledger.putOnRecord(told[0]!);
    expect(await ledger.notOnRecord()).toMatchObject([{ id: 'b' }]);
    await ledger.putOnRecord(told[1]!);
    expect(await ledger.notOnRecord()).toEqual([]);
    await trial.pass(DAY);
    expect(await due()).toEqual([]);
    expect(await ledger.claim('day')).toBeUndefined();
  });

  test('tells of every mail what the log does not have, the oldest first', async () => {
    await trial.plan({ id: 'new' }, { id: 'old', dueIn: -DAY }, { id: 'planned' });
    for (const id of ['new', 'old']) await ledger.finish(await claimed(trial, id), sent);
    expect((await ledger.notOnRecord()).map(({ id }) => id)).toEqual(['old', 'new']);
    expect((await ledger.notOnRecord('new')).map(({ id }) => id)).toEqual(['new']);
  });

  test('keeps why a mail was given up, and what the server answered', async () => {
    await trial.plan({ id: 'a' });
    await ledger.finish(await claimed(trial, 'a'), {
      outcome: { outcome: 'not-sent', passing: false, code: 550, detail: '550' },
      ending: { state: 'failed', why: 'refused' },
      late: [],
    });
    expect(await ledger.notOnRecord('a')).toMatchObject([
      { state: 'failed', failed_why: 'refused', failed_code: 550 },
    ]);
    await trial.pass(DAY);
    expect(await due()).toEqual([]);
  });

  test('takes up at once what a worker left before the server was ready: nothing was sent', async () => {
    await trial.plan({ id: 'a' });
    await ledger.intend(await claimed(trial, 'a'), message);
    await trial.pass(MINUTE + 1000);
    expect(await due()).toEqual(['a']);
    expect(await claimed(trial, 'a')).toMatchObject({
      fence: 2,
      tries: 2,
      messagesBefore: 0,
      perhapsSent: undefined,
    });
    expect(await ledger.notOnRecord()).toEqual([]);
  });

  test('sends what was perhaps sent once more: the same message, after a quarter of an hour', async () => {
    await trial.plan({ id: 'a', mail: 'day' }, { id: 'b', mail: 'day' });
    await dieHandingOver('day');
    expect(await ledger.notOnRecord()).toMatchObject([
      { id: 'a', state: 'uncertain', held: false, fence: 1 },
      { id: 'b', state: 'uncertain', held: false, fence: 1 },
    ]);
    await putAllOnRecord();
    expect(await ledger.claim('day')).toBeUndefined();
    await trial.pass(RESEND - MINUTE);
    expect(await due()).toEqual([]);
    await trial.pass(MINUTE + 1);
    expect(await due()).toEqual(['day']);
    const second = await claimed(trial, 'day');
    expect(second).toMatchObject({ fence: 2, messagesBefore: 1 });
    expect(second.reminders.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(second.perhapsSent).toEqual({ ...message, times: 1 });
    await handOver(second);
    await ledger.finish(second, sent);
    expect([await stateOf('a'), await stateOf('b')]).toEqual(['sent', 'sent']);
  });

  test('sends a mail in doubt again once the log knows so of everything in it, and not a part of it before', async () => {
    await trial.plan({ id: 'a', mail: 'day' }, { id: 'b', mail: 'day' });
    await dieHandingOver('day');
    const [a, b] = await ledger.notOnRecord('day');
    await ledger.putOnRecord(a!);
    await trial.pass(RESEND + 1);
    expect(await ledger.claim('day')).toBeUndefined();
    await ledger.putOnRecord(b!);
    expect((await claimed(trial, 'day')).reminders.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('sends nothing again of which the log does not know that it is in doubt', async () => {
    await trial.plan({ id: 'a' });
    await dieHandingOver('a');
    await trial.pass(DAY);
    expect(await due()).toEqual([]);
    expect(await ledger.claim('a')).toBeUndefined();
    await putAllOnRecord();
    expect(await due()).toEqual(['a']);
  });

  test('sends what is added to a digest in doubt as a message of its own, and the one in doubt as it was', async () => {
    await trial.plan({ id: 'a', mail: 'day' }, { id: 'b', mail: 'day', dueIn: MINUTE });
    await dieHandingOver('day');
    const added = await claimed(trial, 'day');
    expect(added).toMatchObject({ messagesBefore: 1, perhapsSent: undefined });
    expect(added.reminders.map(({ id }) => id)).toEqual(['b']);
    await ledger.intend(added, { messageId: 'a.2@example.org', raw: Buffer.from('Another.') });
    await ledger.finish(added, sent);
    await passResend();
    const again = await claimed(trial, 'day');
    expect(again.reminders.map(({ id }) => id)).toEqual(['a']);
    expect(again).toMatchObject({ messagesBefore: 2, perhapsSent: { ...message, times: 1 } });
  });

  test('holds an escalation in doubt until a person has it sent again', async () => {
    await trial.plan({ id: 'a', kind: 'escalation' });
    await dieHandingOver('a');
    expect(await ledger.notOnRecord()).toMatchObject([{ state: 'uncertain', held: true }]);
    await putAllOnRecord();
    await trial.pass(DAY);
    expect(await due()).toEqual([]);
    expect(await ledger.claim('a')).toBeUndefined();
    await trial.sendHeld('a');
    expect(await due()).toEqual(['a']);
    expect((await claimed(trial, 'a')).perhapsSent).toEqual({ ...message, times: 1 });
  });

  test('holds what is in doubt for the second time', async () => {
    await trial.plan({ id: 'a' });
    await dieHandingOver('a');
    await passResend();
    await dieHandingOver('a');
    expect(await ledger.notOnRecord()).toMatchObject([{ state: 'uncertain', held: true, fence: 2 }]);
    await passResend();
    expect(await due()).toEqual([]);
    await trial.sendHeld('a');
    expect(await claimed(trial, 'a')).toMatchObject({
      fence: 3,
      messagesBefore: 1,
      perhapsSent: { ...message, times: 2 },
    });
  });

  test('leaves in doubt what a worker wanted to send again and did not', async () => {
    await trial.plan({ id: 'a' });
    await dieHandingOver('a');
    await passResend();
    await claimed(trial, 'a');
    await trial.pass(MINUTE + 1000);
    expect(await due()).toEqual([]);
    expect(await ledger.notOnRecord()).toMatchObject([{ state: 'uncertain', held: false, fence: 2 }]);
    await putAllOnRecord();
    expect(await due()).toEqual(['a']);
    expect(await claimed(trial, 'a')).toMatchObject({ fence: 3, perhapsSent: { ...message, times: 1 } });
  });

  test('believes whoever was taken for dead and has an answer, while nobody else has the mail', async () => {
    await trial.plan({ id: 'a' });
    const slow = await dieHandingOver('a');
    const [doubt] = await ledger.notOnRecord();
    await ledger.finish(slow, sent);
    expect(await stateOf('a')).toBe('sent');
    // What was to be told before is not what is to be told now.
    await ledger.putOnRecord(doubt!);
    expect(await ledger.notOnRecord()).toMatchObject([{ state: 'sent', fence: 1 }]);
  });

  test('believes nobody whose mail is in other hands, and keeps the message for those', async () => {
    await trial.plan({ id: 'a' });
    const slow = await dieHandingOver('a');
    await passResend();
    const other = await claimed(trial, 'a');
    await ledger.finish(slow, sent);
    expect(await stateOf('a')).toBe('sending');
    await handOver(other);
    await ledger.finish(other, uncertain);
    await passResend();
    expect((await claimed(trial, 'a')).perhapsSent).toEqual({ ...message, times: 2 });
  });
});
