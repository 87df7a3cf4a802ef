import type {
  DigestContent,
  ReminderContent,
  ReminderItem,
  WithheldReminder,
} from '../../src/mail/reminder-mail.js';

const india = { en: 'India', ja: 'インド', hi: 'भारत' };
const japan = { en: 'Japan', ja: '日本', hi: 'जापान' };

const addressed = {
  recipient: {
    name: 'Haruka Sato',
    party: 'JP',
    partyNames: japan,
    role: 'focal-point',
    language: 'en',
    zone: 'Asia/Tokyo',
  },
  dialogue: {
    slug: 'river-and-soil',
    titles: { en: 'River and Soil Dialogue', ja: '河川土壌対話', hi: 'नदी और मृदा संवाद' },
    invented: false,
    hasOwnPolicy: false,
  },
  links: {
    preferences: 'https://pacta.example.org/reminders/pref-1',
    unsubscribe: 'https://pacta.example.org/reminders/unsub-1',
  },
  madeAt: '2026-03-24T00:00:00.000Z',
} as const;

/** A commitment that falls due in seven days, for both sides. */
export const item: ReminderItem = {
  reminders: ['r-1'],
  kind: 'due',
  step: 'T-7',
  actions: {
    acknowledge: 'https://pacta.example.org/reminders/ack-1',
    snooze: 'https://pacta.example.org/reminders/snooze-1',
    handOver: 'https://pacta.example.org/reminders/hand-1',
    done: 'https://pacta.example.org/reminders/done-1',
  },
  commitment: {
    id: 'ENV-3',
    titles: { en: 'Joint soil survey' },
    text: { en: 'The two sides will survey the soil of three pilot districts.' },
    translations: [],
    url: 'https://pacta.example.org/dialogues/river-and-soil/commitments/ENV-3',
  },
  focusAreas: [{ code: 'ENV', names: { en: 'Environment', ja: '環境', hi: 'पर्यावरण' } }],
  due: {
    words: { en: 'by 31 March 2026' },
    end: '2026-03-31',
    precision: 'day',
    version: 4,
    zones: ['Asia/Tokyo'],
  },
  daysLeft: 7,
  undertakings: [
    { party: 'IN', partyNames: india, leadNames: { en: 'Survey Department' }, claimed: false },
    { party: 'JP', partyNames: japan, claimed: false },
  ],
  turn: {
    task: 'deliver',
    parties: [
      { code: 'IN', names: india },
      { code: 'JP', names: japan },
    ],
  },
};

export const reminder: ReminderContent = { ...addressed, ...item };

/** The same, with its titles and text in these languages. */
export function titled(titles: Readonly<Record<string, string>>, text = titles): ReminderItem['commitment'] {
  return { ...item.commitment, titles, text };
}

/** A commitment with another reference and other facts. */
export function another(id: string, changes: Partial<ReminderItem> = {}): ReminderItem {
  const commitment = {
    ...(changes.commitment ?? item.commitment),
    id,
    url: item.commitment.url.replace('ENV-3', id),
  };
  return { ...item, reminders: [`r-${id}`], ...changes, commitment };
}

export const overdue = { step: 'week-1', daysLeft: -5 } as const;
export const turnOf = (
  task: ReminderItem['turn']['task'],
  ...codes: ('IN' | 'JP')[]
): ReminderItem['turn'] => ({
  task,
  parties: codes.map((code) => ({ code, names: code === 'IN' ? india : japan })),
});

export const withheldItem = (id: string) =>
  ({
    withheld: true,
    reminders: [`r-${id}`],
    commitment: { id, url: `https://pacta.example.org/dialogues/river-and-soil/commitments/${id}` },
  }) as const;

export const withheld: WithheldReminder = { ...addressed, ...withheldItem('k7m2p9xz') };

export function digestOf(items: DigestContent['items'], changes: Partial<DigestContent> = {}): DigestContent {
  return { ...addressed, items, ...changes };
}

export function readBy(
  language: 'en' | 'ja' | 'hi',
  changes: Partial<ReminderContent['recipient']> = {},
): ReminderContent['recipient'] {
  return { ...addressed.recipient, language, ...changes };
}

/** Text as a reader of the HTML sees it, without the preview that an inbox shows. */
export function seenIn(html: string): string {
  return html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
