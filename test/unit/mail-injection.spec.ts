import { type Mail, MalformedMail, openMailer } from '../../src/mail/mailer.js';

const mailer = openMailer({ from: 'Pacta <pacta@example.org>', outbox: '' });
const HEADERS = [
  'From',
  'To',
  'Subject',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Date',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'List-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'MIME-Version',
  'Content-Type',
]
  .map((name) => name.toLowerCase())
  .toSorted();

const breaks = ['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\u000b', '\u0000', '\r\n\r\n', '\r\n '];
const tails = [
  'Bcc: v@example.net',
  'To: v@example.net',
  'RCPT TO:<v@example.net>',
  '\r\n.\r\nMAIL FROM:<v@example.net>',
];
/** Forty: each way to end a line, with each thing that must not follow. */
const payloads = breaks.flatMap((end) => tails.map((tail) => `x${end}${tail}`));

const plain: Mail = {
  messageId: 'a@example.org',
  to: { name: 'Haruka', address: 'haruka@example.org' },
  subject: 'Due',
  text: 'Due',
  html: '<p>Due</p>',
  threadId: 't@example.org',
  listId: 'l.example.org',
  unsubscribeUrl: 'https://example.org/u',
  attachments: [
    { filename: 'due.ics', contentType: 'text/calendar; method=PUBLISH', content: 'BEGIN:VCALENDAR' },
  ],
};
const fields: Record<string, (payload: string) => Mail> = {
  subject: (subject) => ({ ...plain, subject }),
  name: (name) => ({ ...plain, to: { ...plain.to, name } }),
  address: (address) => ({ ...plain, to: { ...plain.to, address } }),
  text: (text) => ({ ...plain, text }),
  html: (html) => ({ ...plain, html }),
  messageId: (messageId) => ({ ...plain, messageId }),
  threadId: (threadId) => ({ ...plain, threadId }),
  listId: (listId) => ({ ...plain, listId }),
  unsubscribeUrl: (url) => ({ ...plain, unsubscribeUrl: `https://example.org/${url}` }),
  filename: (filename) => ({ ...plain, attachments: [{ ...plain.attachments![0]!, filename }] }),
  contentType: (contentType) => ({ ...plain, attachments: [{ ...plain.attachments![0]!, contentType }] }),
  attachment: (content) => ({ ...plain, attachments: [{ ...plain.attachments![0]!, content }] }),
};

test.each(Object.entries(fields))(
  'no payload in %s adds a header or a recipient',
  async (_field, withPayload) => {
    expect(payloads).toHaveLength(40);
    for (const payload of payloads) {
      const message = await mailer.write(withPayload(payload)).catch((error: unknown) => {
        if (error instanceof MalformedMail) return undefined;
        throw error;
      });
      if (!message) continue;
      const head = message.raw
        .toString()
        .split('\r\n\r\n')[0]!
        .replace(/\r\n[ \t]+/g, ' ');
      expect(
        head
          .split(/\r\n|\r|\n/)
          .map((line) => line.split(':')[0]!.toLowerCase())
          .toSorted(),
      ).toEqual(HEADERS);
      expect(message.envelope).toEqual({ from: 'pacta@example.org', to: plain.to.address });
    }
  },
);

test('a mail can be unsubscribed from with one POST, and carries a day for the calendar', async () => {
  const raw = (await mailer.write(plain)).raw.toString();
  expect(raw).toContain(
    '\r\nList-Unsubscribe: <https://example.org/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n',
  );
  expect(raw).toMatch(/Content-Type: text\/calendar; method=PUBLISH/);
  expect(raw).toContain(Buffer.from('BEGIN:VCALENDAR').toString('base64'));
});
