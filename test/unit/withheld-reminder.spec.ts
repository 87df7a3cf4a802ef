import { reminderMail, type WithheldReminder } from '../../src/mail/reminder-mail.js';

const withheld: WithheldReminder = {
  withheld: true,
  recipient: { name: 'Haruka Sato', party: 'JP', partyName: 'Japan', zone: 'Asia/Tokyo' },
  commitment: {
    id: 'k7m2p9xz',
    url: 'https://pacta.example.org/dialogues/river-and-soil/commitments/k7m2p9xz',
  },
  dialogue: { slug: 'river-and-soil', title: 'River and Soil Dialogue', invented: false },
  why: 'You are the contact of Japan in this dialogue.',
};

describe('a reminder of what is not public', () => {
  test('gives the reference and where to read on, in every form of the mail', () => {
    const { subject, text, html } = reminderMail(withheld);
    expect(subject).toBe('k7m2p9xz: your side’s turn');
    for (const form of [text, html]) {
      expect(form).toContain(withheld.commitment.url);
      expect(form).toContain('A commitment that is not public');
      expect(form).toContain('You are the contact of Japan in this dialogue.');
    }
  });

  test('says that an example is one', () => {
    const { subject, text } = reminderMail({
      ...withheld,
      dialogue: { ...withheld.dialogue, invented: true },
    });
    expect(subject).toBe('k7m2p9xz: your side’s turn [invented example]');
    expect(text).toContain('This is an invented example.');
  });
});
