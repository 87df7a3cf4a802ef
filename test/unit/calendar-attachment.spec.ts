import { calendarAttachment } from '../../src/mail/calendar-attachment.js';
import { reminderMail } from '../../src/mail/reminder-mail.js';
import { another, item, readBy, reminder, titled } from './mail-contents.js';

const calendar = { slug: 'river-and-soil', language: 'en', madeAt: '2026-03-24T00:00:00.000Z' } as const;

/** Lines of a calendar file as a reader of RFC 5545 takes them: unfolded, each as its name with parameters and its value. */
function linesOf(content: string): (readonly [string, string])[] {
  const unfolded = content
    .replaceAll(/\r\n[ \t]/g, '')
    .trimEnd()
    .split('\r\n');
  return unfolded.map(
    (each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)] as const,
  );
}

function propertiesOf(entry: Parameters<typeof calendarAttachment>[0][number] = item) {
  return Object.fromEntries(linesOf(calendarAttachment([entry], calendar)!.content));
}

test('the file is published, not an invitation to answer', () => {
  const { contentType, filename } = calendarAttachment([item], calendar)!;
  expect(contentType).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(filename).toBe('due-dates.ics');
  expect(propertiesOf()).toMatchObject({ METHOD: 'PUBLISH', VERSION: '2.0' });
  expect(Object.keys(propertiesOf()).filter((name) => /^(ATTENDEE|ORGANIZER)/.test(name))).toEqual([]);
});

test.each([
  ['2026-03-31', '20260331', '20260401'],
  ['2028-02-29', '20280229', '20280301'],
  ['2026-12-31', '20261231', '20270101'],
])('%s is all of that day, without a zone, and ends with the day after, exclusively', (end, start, after) => {
  expect(propertiesOf({ ...item, due: { ...item.due, end } })).toMatchObject({
    'DTSTART;VALUE=DATE': start,
    'DTEND;VALUE=DATE': after,
  });
});

test('no zone shifts the day', () => {
  const { content } = calendarAttachment([item], calendar)!;
  expect(content).not.toMatch(/TZID|VTIMEZONE|DTSTART:|DTEND:/);
});

test('an entry is the commitment’s for as long as it lives, whatever it is called and whenever it is due', () => {
  const uid = propertiesOf()['UID'];
  expect(uid).toBe('river-and-soil.ENV-3@pacta.example.org');
  const changed = {
    ...item,
    commitment: titled({ en: 'Soil' }),
    due: { ...item.due, end: '2026-09-30', version: 9 },
  };
  expect(propertiesOf(changed)['UID']).toBe(uid);
  expect(propertiesOf(another('ENV-4'))['UID']).not.toBe(uid);
});

test('a changed due date raises the sequence', () => {
  expect(propertiesOf()['SEQUENCE']).toBe('4');
  expect(propertiesOf({ ...item, due: { ...item.due, version: 9 } })['SEQUENCE']).toBe('9');
});

test('the same entry made again is the same to the byte', () => {
  expect(calendarAttachment([item], calendar)).toEqual(calendarAttachment([item], calendar));
});

test('a withdrawn commitment is cancelled in the calendar', () => {
  expect(propertiesOf()['STATUS']).toBe('CONFIRMED');
  expect(propertiesOf({ ...item, isWithdrawn: true })['STATUS']).toBe('CANCELLED');
});

test('a coarse date stands at the end of its window, with the agreed words in the title', () => {
  const due = { ...item.due, words: { en: 'by Q1 2026' }, precision: 'quarter' };
  expect(propertiesOf({ ...item, due })).toMatchObject({
    SUMMARY: 'ENV-3 Joint soil survey (by Q1 2026)',
    'DTSTART;VALUE=DATE': '20260331',
  });
  expect(propertiesOf()['SUMMARY']).toBe('ENV-3 Joint soil survey');
});

test('what has no date is in no calendar', () => {
  expect(calendarAttachment([{ ...item, due: { ...item.due, end: undefined } }], calendar)).toBeUndefined();
});

test('text of the record cannot add a line of its own, and lines are folded at 75 octets', () => {
  const en = `Soil; survey, \\x\r\nATTENDEE:mailto:x@example.org\n${'調査'.repeat(60)}`;
  const { content } = calendarAttachment([{ ...item, commitment: titled({ en }) }], calendar)!;
  expect(linesOf(content).map(([name]) => name)).toEqual(
    linesOf(calendarAttachment([item], calendar)!.content).map(([name]) => name),
  );
  for (const each of content.split('\r\n')) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75);
});

test('it takes up nobody’s day, and leads back to the commitment', () => {
  expect(propertiesOf()).toMatchObject({ TRANSP: 'TRANSPARENT', 'URL;VALUE=URI': item.commitment.url });
});

test('it goes along with the reminder, in the reader’s language', () => {
  const commitment = titled({ en: 'Joint soil survey', ja: '共同土壌調査' });
  const { attachments } = reminderMail({ ...reminder, commitment, recipient: readBy('ja') });
  expect(attachments).toHaveLength(1);
  expect(attachments[0]!.content).toContain('SUMMARY:ENV-3 共同土壌調査');
});
