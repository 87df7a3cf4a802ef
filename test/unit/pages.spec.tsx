import type { Dialogue } from '../../src/domain/dialogue.js';
import type { CommitmentAnswer } from '../../src/read-models/commitment-answer.js';
import type { PactaEvent } from '../../src/domain/vocabulary.js';
import { commitmentPage } from '../../src/web/commitment-page.js';
import { commitmentsPage } from '../../src/web/commitments-page.js';
import { dialoguesPage } from '../../src/web/dialogues-page.js';
import { announcement, commitment, event, seenIn, shown, status, todays } from './page-contents.js';

const frontPage = (changes: Partial<Dialogue> = {}) =>
  dialoguesPage([{ announcement: { ...announcement, ...changes }, status, rounds: [] }]);

describe('the front page', () => {
  test('links a number to the list behind it and leaves 0 alone', () => {
    const html = frontPage();
    expect(html).toContain(
      'href="/dialogues/river-and-soil/commitments?focusArea=ENV&amp;counted=overdue" aria-label="2: Overdue commitments, Environment"',
    );
    expect(html).toContain('href="/dialogues/river-and-soil/commitments?counted=overdue"');
    expect(html).not.toMatch(/counted=(?!overdue)/);
  });

  test('says which day it is for each party', () => {
    expect(seenIn(frontPage())).toContain('India 30 March 2026 Asia/Kolkata Japan 31 March 2026 Asia/Tokyo');
  });

  test('tells who takes part from who left, and counts no day for those', () => {
    const left = { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris', left: '2026-01' };
    const paris = { party: 'FR', today: '2026-03-30' };
    const seen = seenIn(
      dialoguesPage([
        {
          announcement: { ...announcement, parties: [...announcement.parties, left] },
          status: { ...status, todays: [...todays, paris] },
          rounds: [],
        },
      ]),
    );
    expect(seen).toContain('India , Japan France left January 2026 Level');
    expect(seen).not.toContain('Europe/Paris');
  });

  test('says when and why a dialogue was concluded, and looks for no next round', () => {
    const seen = seenIn(frontPage({ concluded: { on: '2026-02-01', reason: 'Its work is done' } }));
    expect(seen).toContain('Concluded 1 February 2026 Its work is done Last round');
    expect(seen).not.toContain('Next round');
    expect(seenIn(frontPage())).toContain('Next round None scheduled on record');
  });

  test('marks a text with its language', () => {
    expect(frontPage()).toContain('<span lang="ja">河川と土壌の対話</span>');
    expect(frontPage()).toContain('<span lang="en">India</span>');
  });

  test('marks an invented dialogue and no other', () => {
    expect(frontPage({ invented: true })).toContain('Invented example.');
    expect(frontPage()).not.toContain('nvented');
  });
});

test('a list shows its filter, with a way out of each part of it', () => {
  const filter = { focusArea: 'ENV', counted: 'overdue' } as const;
  const html = commitmentsPage({ announcement, status, filter, commitments: [commitment] });
  expect(seenIn(html)).toContain('Focus area Environment × Counted as overdue ×');
  expect(html).toContain('href="/dialogues/river-and-soil/commitments?counted=overdue"');
  expect(html).toContain('href="/dialogues/river-and-soil/commitments?focusArea=ENV"');
  expect(html).toContain('href="/dialogues/river-and-soil/commitments/ENV-3"');
  expect(seenIn(html)).toContain(
    'India and Japan in February 2026 counted to 28 February 2026 Overdue 30 days overdue · In progress · At risk',
  );
});

describe('the page of a commitment', () => {
  test('says who said what, when it was true and when it was recorded', () => {
    const text = seenIn(commitmentPage(shown));
    expect(text).toContain('5 January 2026 India reported: at risk देरी Desk officer of India');
    expect(text).toContain('Recorded 6 January 2026, 04:05 UTC as entry 9');
    expect(text).toContain('Readout One side’s account ( India ), March 2025');
    expect(text).toContain('Restated in other words');
  });

  test('says how long a claim has gone unanswered, where the dialogue has a rule for it', () => {
    const claimed = { ...commitment, status: 'delivery-claimed' as const, timeliness: undefined };
    const page = (delivery: CommitmentAnswer['delivery']) =>
      seenIn(commitmentPage({ ...shown, commitment: { ...claimed, delivery } }));
    expect(page(commitment.delivery)).toContain('Claimed, awaiting confirmation');
    expect(page({ ...commitment.delivery, unansweredForDays: 45 })).toContain(
      'Claimed, unanswered for 45 days Waits for the key of India and Japan',
    );
  });

  test('puts no restatement in quotation marks', () => {
    const [restated] = commitment.sources;
    const verbatim = { ...restated!, quotation: { ...restated!.quotation!, verbatim: true } };
    expect(commitmentPage(shown)).not.toContain('<q>');
    expect(commitmentPage({ ...shown, commitment: { ...commitment, sources: [verbatim] } })).toContain(
      '<q>in other words</q>',
    );
  });

  test('shows the text in every language on record', () => {
    const html = commitmentPage(shown);
    expect(html).toContain('<p lang="en">Survey the soil.</p>');
    expect(html).toContain('<p lang="ja">土壌を調査する。</p>');
  });

  test('shows an event for which it has no words by its type', () => {
    const unknown = { ...event, type: 'SomethingNew' } as unknown as PactaEvent;
    expect(commitmentPage({ ...shown, events: [unknown] })).toContain('SomethingNew');
  });

  test('shows markup in the record as the text that it is', () => {
    const payload = '<script>alert("1")</script>&<img src=x onerror=alert(2)>';
    const html = commitmentPage({
      ...shown,
      announcement: { ...announcement, titles: { en: payload } },
      commitment: {
        ...commitment,
        titles: { en: payload },
        text: { ...commitment.text, words: { en: payload } },
        verb: payload,
      },
      events: [{ ...event, reason: payload }],
      organisations: [{ ...shown.organisations[0]!, names: { en: payload }, abbreviation: payload }],
    });
    expect(html).not.toMatch(/<script|<img/i);
    expect(seenIn(html)).toContain(payload);
  });
});
