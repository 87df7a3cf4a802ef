import { digestMail, reminderMail } from '../../src/mail/reminder-mail.js';
import { another, digestOf, overdue, readBy, withheld, withheldItem } from './mail-contents.js';

describe('a reminder of what is not public', () => {
  test('gives the reference and where to read on, in every form of the mail', () => {
    const { subject, text, html } = reminderMail(withheld);
    expect(subject).toBe('k7m2p9xz: an answer is awaited');
    for (const form of [text, html]) {
      expect(form).toContain(withheld.commitment.url);
      expect(form).toContain('A commitment that is not public');
      expect(form).toContain('You are the focal point of Japan in this dialogue.');
    }
  });

  test('carries no entry for a calendar, which would tell the date', () => {
    expect(reminderMail(withheld).attachments).toEqual([]);
  });

  test.each(['en', 'ja', 'hi'] as const)('tells in %s neither a date nor a number of days', (language) => {
    const { subject, text } = reminderMail({ ...withheld, recipient: readBy(language) });
    const said = `${subject}\n${text}`.replaceAll(/https:\S+|k7m2p9xz/g, '');
    expect(said).not.toMatch(/\d/);
  });

  test('says that an example is one', () => {
    const { subject, text } = reminderMail({
      ...withheld,
      dialogue: { ...withheld.dialogue, invented: true },
    });
    expect(subject).toBe('k7m2p9xz: an answer is awaited [invented example]');
    expect(text).toContain('This is an invented example.');
  });
});

describe('in a digest, what is not public', () => {
  const { subject, text, attachments } = digestMail(
    digestOf([withheldItem('k7m2p9xz'), another('ENV-3', overdue)]),
  )!;

  test('is counted apart from what is overdue or due, so that no count tells how it stands', () => {
    expect(subject).toBe('1 overdue, 1 not public: River and Soil Dialogue');
  });

  test('stands under no focus area, after all else, by its reference and link alone', () => {
    const [, apart] = text.split('NOT PUBLIC\n');
    expect(text.indexOf('ENV-3')).toBeLessThan(text.indexOf('NOT PUBLIC'));
    expect(apart).toContain('k7m2p9xz A commitment that is not public');
    expect(text.split('ENVIRONMENT\n')[1]!.split('NOT PUBLIC')[0]).not.toContain('k7m2p9xz');
  });

  test('is not in the file for the calendar', () => {
    expect(attachments).toHaveLength(1);
    expect(attachments[0]!.content).not.toContain('k7m2p9xz');
  });
});
