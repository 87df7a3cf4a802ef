import { type LinkPurpose, linkPurposes, ReminderLinks } from '../../src/reminders/links.js';
import { Dice } from '../faults/dice.js';

const signedWith = (letter: string) => ({ bytes: () => Promise.resolve(Buffer.alloc(32, letter)) });
const links = new ReminderLinks(signedWith('a'), 'https://pacta.example');
const now = '2026-01-15T12:00:00Z';
const after = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString();

const about = { log: 'talks', reminder: '0123456789abcdef0123456789abcdef', contact: 'desk.of-india_1' };
const linkFor = (purpose: LinkPurpose, at = now, by = links) => by.linkFor(purpose as 'snooze', about, at);
const tokenOf = (link: string) => link.slice('https://pacta.example/reminders/'.length);
const isAboutContact = (purpose: LinkPurpose) => purpose === 'preferences' || purpose === 'unsubscribe';

test.each(linkPurposes)('a link for %s says so, and what it is about, and nothing else', async (purpose) => {
  const link = await linkFor(purpose);
  expect(link).toMatch(/^https:\/\/pacta\.example\/reminders\/[A-Za-z0-9_-]+[A-Za-z0-9]$/);
  expect(await links.read(tokenOf(link), now)).toEqual({
    purpose,
    log: about.log,
    ...(isAboutContact(purpose) ? { contact: about.contact } : { reminder: about.reminder }),
  });
});

test('the same link is made in every process that has the key, so that a mail that is sent again is the same', async () => {
  const elsewhere = new ReminderLinks(signedWith('a'), 'https://pacta.example');
  expect(await linkFor('snooze', now, elsewhere)).toBe(await linkFor('snooze'));
});

test('a link of another record, signed with another key, permits nothing here', async () => {
  const elsewhere = new ReminderLinks(signedWith('b'), 'https://pacta.example');
  expect(await links.read(tokenOf(await linkFor('snooze', now, elsewhere)), now)).toBeUndefined();
});

test.each(linkPurposes)('a link for %s ends when its time is up, and not before', async (purpose) => {
  const days = purpose === 'unsubscribe' ? 800 : 120;
  const token = tokenOf(await linkFor(purpose));
  expect(await links.read(token, after(days))).toBeDefined();
  expect(await links.read(token, after(days + 1))).toBeUndefined();
});

test('a signature of one purpose, log, id or expiry is good for no other', async () => {
  const token = tokenOf(await linkFor('acknowledge'));
  const said = Buffer.from(token.slice(43), 'base64url').toString();
  const others = [
    said.replace('acknowledge', 'snooze'),
    said.replace('talks', 'walks'),
    said.replace('0123', '1123'),
    said.replace(/\d+$/, (seconds) => String(Number(seconds) + 1)),
    said.replace('acknowledge~talks', 'acknowledge~talks~'),
    `${said}0`,
  ];
  for (const other of others) {
    expect(other).not.toBe(said);
    const forged = token.slice(0, 43) + Buffer.from(other).toString('base64url');
    expect([other, await links.read(forged, now)]).toEqual([other, undefined]);
  }
});

test('one character more, less or other makes a link worth nothing, wherever it stands', async () => {
  const seed = Number(process.env.PACTA_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const dice = new Dice(seed);
  const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~=.%/+ é');
  const token = tokenOf(await linkFor('hand-over'));
  for (let run = 0; run < 2000; run++) {
    const at = dice.below(token.length);
    const put = dice.pick(['', dice.pick(alphabet), dice.pick(alphabet) + dice.pick(alphabet)]);
    const changed = token.slice(0, at) + put + token.slice(at + 1);
    if (changed === token) continue;
    const read = await links.read(changed, now);
    if (read) throw new Error(`Seed ${seed}: ${changed} is taken for ${token}.`);
  }
});

test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(10_000), '%00', '\u0000', '../../x', 'ä'.repeat(60)])(
  'what is no token at all permits nothing: %j',
  async (token) => {
    expect(await links.read(token, now)).toBeUndefined();
  },
);
