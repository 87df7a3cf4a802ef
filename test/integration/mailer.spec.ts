import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import {
  MalformedMail,
  type Mail,
  type Mailer,
  type MailOutcome,
  openMailer,
} from '../../src/mail/mailer.js';

const mail: Mail = {
  messageId: '0198c1d2.mail@pacta.example.org',
  to: { name: 'Haruka Sato', address: 'haruka.sato@example.org' },
  subject: 'ENV-3 Joint soil survey: due in 7 days (31 March 2026)',
  text: 'Due in 7 days\n.\n“by 31 March 2026”\n',
  html: '<!doctype html><p>Due in 7 days</p>',
  threadId: 'env-3.thread@pacta.example.org',
  listId: 'river-and-soil.pacta.example.org',
};

const FROM = 'Pacta <pacta@example.org>';
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Received {
  readonly recipients: readonly string[];
  readonly raw: Buffer;
}

/** A mail server with some answers replaced, and what it has received. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map((each) => each.address);
        received.push({ recipients, raw: Buffer.concat(chunks) });
        callback(null, 'queued as 4711');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const { port } = await listening(server.server);
  closing.push(() => new Promise<void>((done) => server.close(() => done())));
  return { port, received };
}

/** Answers of a server up to the end of a mail, from its greeting on. */
const OBLIGING = ['220 hello', '250 hello', '250 ok', '250 ok', '354 go', '250 queued'];

/**
 * A server that gives one line in answer to each command and to the message. It hangs up when it has none left,
 * or when it has heard more than it has the `patience` for, in characters.
 */
async function serveLines(
  lines: readonly string[],
  patience = Infinity,
): Promise<{ port: number; heard: () => string }> {
  let heard = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const left = lines.slice();
    const answer = () => {
      const line = left.shift();
      if (line) socket.write(`${line}\r\n`);
      else socket.destroy();
    };
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (heard.length > patience) socket.destroy();
      else if (isWhole(heard)) answer();
    });
    answer();
  });
  const { port } = await listening(server);
  closing.push(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise<void>((done) => server.close(() => done()));
  });
  return { port, heard: () => heard };
}

/** Commands count line by line, the message with its final dot. */
function isWhole(heard: string): boolean {
  return /^DATA\r\n./ms.test(heard) ? heard.endsWith('\r\n.\r\n') : heard.endsWith('\r\n');
}

async function listening(server: Server): Promise<AddressInfo> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server.address() as AddressInfo;
}

function mailerTo(port: number, login = ''): Mailer {
  const mailer = openMailer({ smtpUrl: `smtp://${login}127.0.0.1:${port}`, from: FROM, outbox: '' });
  closing.push(() => mailer.close());
  return mailer;
}

/** Writes a mail out and delivers it; one that cannot be written out is never sent. */
async function send(mailer: Mailer, what: Mail): Promise<MailOutcome> {
  try {
    return await mailer.deliver(await mailer.write(what));
  } catch (error) {
    if (!(error instanceof MalformedMail)) throw error;
    return { outcome: 'not-sent', passing: false, detail: error.message };
  }
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pacta-outbox-'));
  closing.push(() => rm(directory, { recursive: true }));
  return directory;
}

/** An answer as smtp-server gives it to the client. */
function answer(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function addressesOf(parsed: ParsedMail): string[] {
  return [parsed.to, parsed.cc, parsed.bcc]
    .flat()
    .flatMap((field) => field?.value ?? [])
    .map((each) => each.address ?? '');
}

describe('over SMTP', () => {
  test('a mail arrives once, at one recipient, with its headers', async () => {
    const { port, received } = await serve();
    const mailer = mailerTo(port);
    expect(mailer.describes).toBe(`mails go to smtp 127.0.0.1:${port}`);
    expect(await send(mailer, mail)).toEqual({ outcome: 'sent', code: 250, detail: '250 queued as 4711' });

    expect(received.map((each) => each.recipients)).toEqual([[mail.to.address]]);
    const parsed = await simpleParser(received[0]!.raw);
    expect(addressesOf(parsed)).toEqual([mail.to.address]);
    expect(parsed.to).toMatchObject({ text: '"Haruka Sato" <haruka.sato@example.org>' });
    expect(parsed.from?.value).toEqual([{ name: 'Pacta', address: 'pacta@example.org' }]);
    expect(parsed).toMatchObject({ subject: mail.subject, text: mail.text, html: mail.html });
    expect(parsed.messageId).toBe(`<${mail.messageId}>`);
    expect(parsed.inReplyTo).toBe(`<${mail.threadId}>`);
    expect(parsed.references).toBe(`<${mail.threadId}>`);
    expect(Math.abs(Date.now() - parsed.date!.getTime())).toBeLessThan(60_000);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('list')).toEqual({ id: { name: mail.listId } });
    expect(parsed.attachments).toEqual([]);
  });

  test('a repeat has the same parts in the same places', async () => {
    const { port, received } = await serve();
    const mailer = mailerTo(port);
    await send(mailer, mail);
    await send(mailer, mail);
    const [first, second] = received.map(({ raw }) => raw.toString().replace(/^Date: .*\r\n/m, ''));
    expect(second).toBe(first);
  });

  test.each(['ENV-3 サプライチェーンの強靱化', 'ENV-3 आपूर्ति शृंखला का लचीलापन', 'ENV-3 क्\u200dष'])(
    'a subject arrives in its script: %s',
    async (subject) => {
      const { port, received } = await serve();
      await send(mailerTo(port), { ...mail, subject });
      expect((await simpleParser(received[0]!.raw)).subject).toBe(subject);
    },
  );

  test('a name and a domain in another script go as they must', async () => {
    const { port, heard } = await serveLines(OBLIGING);
    await send(mailerTo(port), { ...mail, to: { name: '佐藤 遥', address: 'haruka@例え.jp' } });
    expect(heard().match(/^RCPT TO:.*$/gm)).toEqual(['RCPT TO:<haruka@xn--r8jz45g.jp>']);
    const { to } = await simpleParser(heard().slice(heard().indexOf('DATA\r\n') + 'DATA\r\n'.length));
    expect(to).toMatchObject({ value: [{ name: '佐藤 遥' }] });
  });

  test.each([
    ['450 at RCPT', { onRcptTo: (_a, _s, done) => done(answer(450, 'busy')) }, true, /450 busy/],
    [
      '550 at RCPT',
      { onRcptTo: (_a, _s, done) => done(answer(550, 'no such user')) },
      false,
      /550 no such user/,
    ],
    ['550 at MAIL', { onMailFrom: (_a, _s, done) => done(answer(550, 'not you')) }, false, /550 not you/],
    ['554 to the message', { onData: refuseWith(554), hidePIPELINING: true }, false, /554 refused/],
    ['451 to the message', { onData: refuseWith(451) }, true, /451 refused/],
    ['421 to the message', { onData: refuseWith(421) }, true, /421 refused/],
    ['530, log in first', { authOptional: false }, true, /530 /],
    ['a size above the limit', { size: 100 }, false, /larger than allowed 100/],
  ] satisfies [string, SMTPServerOptions, boolean, RegExp][])(
    'with %s the mail is surely not sent',
    async (_case, options, passing, detail) => {
      const { port, received } = await serve(options);
      const outcome = await send(mailerTo(port), mail);
      expect(outcome).toMatchObject({ outcome: 'not-sent', passing, detail: expect.stringMatching(detail) });
      expect(received).toEqual([]);
    },
  );

  test('with nobody listening there is no connection and no mail', async () => {
    const server = createServer();
    const { port } = await listening(server);
    await new Promise<void>((done) => server.close(() => done()));
    const outcome = await send(mailerTo(port), mail);
    expect(outcome).toMatchObject({ outcome: 'not-sent', passing: true });
    expect(outcome.detail).toContain('ECONNREFUSED');
  });

  test.each([
    ['hangs up before its greeting', []],
    ['refuses in its greeting', ['554 no service here']],
    ['hangs up when told the envelope', ['220 hello', '250 hello', '250 ok']],
    ['hangs up instead of asking for the message', ['220 hello', '250 hello', '250 ok', '250 ok']],
  ])('a server that %s has not got the mail', async (_case, lines) => {
    const { port, heard } = await serveLines(lines);
    expect(await send(mailerTo(port), mail)).toMatchObject({ outcome: 'not-sent', passing: true });
    expect(heard()).not.toContain(mail.subject);
  });

  test.each([
    ['hangs up', []],
    ['says something that is no answer', ['354 go on']],
  ])('a server that %s after the final dot may have got it', async (_case, ending) => {
    const { port, heard } = await serveLines([...OBLIGING.slice(0, -1), ...ending]);
    const outcome = await send(mailerTo(port), mail);
    expect(outcome).toEqual({ outcome: 'uncertain', detail: expect.stringMatching(/^No answer to the/) });
    expect(heard()).toContain(`Message-ID: <${mail.messageId}>`);
  });

  test('a server that hangs up in the middle of the message has not got it', async () => {
    const { port } = await serveLines(OBLIGING, 100_000);
    const outcome = await send(mailerTo(port), { ...mail, text: 'Due in 7 days. '.repeat(1_000_000) });
    expect(outcome).toMatchObject({ outcome: 'not-sent', passing: true });
  });

  test('a server that hangs up after its 250 has the mail', async () => {
    const { port } = await serveLines(OBLIGING);
    expect(await send(mailerTo(port), mail)).toEqual({ outcome: 'sent', code: 250, detail: '250 queued' });
  });

  test('a refused login is told without what was sent, and may be mended', async () => {
    const { port } = await serve({
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        done(answer(535, `${username} with ${password} is wrong`)),
    });
    const mailer = mailerTo(port, 'clerk:s3cr3t@');
    const outcome = await send(mailer, mail);
    expect(outcome).toEqual({
      outcome: 'not-sent',
      passing: true,
      detail: 'The login to the mail server failed (535).',
    });
    expect(mailer.describes).toBe(`mails go to smtp 127.0.0.1:${port}`);
  });

  test('a login with percent-encoded characters is accepted', async () => {
    const seen: unknown[] = [];
    const { port } = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    expect(await send(mailerTo(port, 'cl%40erk:p%3Ass@'), mail)).toMatchObject({ outcome: 'sent' });
    expect(seen).toEqual([['cl@erk', 'p:ss']]);
  });

  test('after closing nothing is sent', async () => {
    const { port, received } = await serve();
    const mailer = mailerTo(port);
    const inHand = mailer.deliver(await mailer.write(mail));
    await mailer.close();
    expect(await inHand).toMatchObject({ outcome: 'sent' });
    expect(await send(mailer, mail)).toMatchObject({ outcome: 'not-sent', passing: true });
    expect(received).toHaveLength(1);
  });
});

/** Reads the whole message and refuses it. */
function refuseWith(code: number): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _session, callback) => {
    stream.resume().on('end', () => callback(answer(code, 'refused')));
  };
}

describe('header injection', () => {
  const payloads = [
    'x\r\nBcc: victim@example.net',
    'x\nBcc: victim@example.net',
    'x\rBcc: victim@example.net',
    'x\r\n\r\n<p>Another body</p>',
    'x\u2028Bcc: victim@example.net',
    'x\u0000\u0085Bcc: victim@example.net',
    'x" <victim@example.net>, "y',
    'x, victim@example.net; <victim@example.net>',
    '=?utf-8?Q?x=0D=0ABcc:_victim@example.net?=',
  ];

  test.each(payloads)('%j in a name or a subject stays text', async (payload) => {
    const { port, received } = await serve();
    const outcome = await send(mailerTo(port), {
      ...mail,
      subject: payload,
      to: { ...mail.to, name: payload },
    });
    expect(outcome).toMatchObject({ outcome: 'sent' });
    expect(received.map((each) => each.recipients)).toEqual([[mail.to.address]]);
    const parsed = await simpleParser(received[0]!.raw);
    expect(addressesOf(parsed)).toEqual([mail.to.address]);
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(parsed.text).toBe(mail.text);
    expect(received[0]!.raw.toString()).not.toMatch(/^Bcc:/im);
  });

  test.each([
    'haruka@example.org\r\nRCPT TO:<victim@example.net>',
    'haruka@example.org>\r\nRCPT TO:<victim@example.net',
    'haruka@example.org, victim@example.net',
    'Haruka <haruka@example.org>',
    '"haruka victim@example.net"@example.org',
    'haruka@example.org\u0000',
    'haruka@example.org@example.net',
    'haruka',
    '',
  ])('%j is refused as an address', async (address) => {
    const { port, received } = await serve();
    const outcome = await send(mailerTo(port), { ...mail, to: { name: '', address } });
    expect(outcome).toMatchObject({ outcome: 'not-sent', passing: false });
    expect(received).toEqual([]);
  });

  test.each(['messageId', 'threadId', 'listId'])('line breaks are refused in %s', async (member) => {
    const outcome = await send(mailerTo(1), { ...mail, [member]: 'x@example.org>\r\nBcc: <y@example.org' });
    expect(outcome).toMatchObject({ outcome: 'not-sent', passing: false });
  });
});

describe('the options', () => {
  test.each(['http://user:s3cr3t@example.org', 'user:s3cr3t@example.org', 'smtp://'])(
    '%j is not the URL of a mail server',
    (smtpUrl) => {
      const open = () => openMailer({ smtpUrl, from: FROM, outbox: '' });
      expect(open).toThrow(TypeError);
      expect(open).not.toThrow(/s3cr3t/);
    },
  );

  test.each(['', 'Pacta', 'a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org'])(
    '%j is not one sender',
    (from) => expect(() => openMailer({ from, outbox: '' })).toThrow(TypeError),
  );

  test.each([
    ['smtp://mail.example.org', 'mail.example.org:587'],
    ['smtps://clerk:s3cr3t@mail.example.org', 'mail.example.org:465'],
    ['smtp://[::1]:2525?requireTLS=true', '[::1]:2525'],
  ])('%j is described by its host and port', (smtpUrl, where) => {
    expect(openMailer({ smtpUrl, from: 'pacta@example.org', outbox: '' }).describes).toBe(
      `mails go to smtp ${where}`,
    );
  });

  test('a password is not sent in the clear to another machine', async () => {
    const seen: string[] = [];
    const { port } = await serve({
      allowInsecureAuth: true,
      onAuth: ({ username = '' }, _session, done) => {
        seen.push(username);
        done(null, { user: username });
      },
    });
    // This machine too, but not by a name that cannot mean another one.
    const mailer = openMailer({ smtpUrl: `smtp://clerk:s3cr3t@0.0.0.0:${port}`, from: FROM, outbox: '' });
    expect(await send(mailer, mail)).toMatchObject({ outcome: 'not-sent', passing: true });
    expect(seen).toEqual([]);
  });
});

describe('in an outbox', () => {
  test('a mail becomes a file that only its owner can read', async () => {
    const outbox = join(await temporaryDirectory(), 'data', 'outbox');
    const mailer = openMailer({ from: FROM, outbox });
    expect(mailer.describes).toBe(`mails are kept as .eml files in ${outbox}`);
    const outcome = await send(mailer, mail);

    const [file, ...others] = await readdir(outbox);
    expect(others).toEqual([]);
    expect(file).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{16}\.eml$/);
    expect(outcome).toEqual({ outcome: 'sent', detail: `Kept as ${file}.` });
    expect((await stat(outbox)).mode & 0o777).toBe(0o700);
    expect((await stat(join(outbox, file!))).mode & 0o777).toBe(0o600);
    const parsed = await simpleParser(await readFile(join(outbox, file!)));
    expect(addressesOf(parsed)).toEqual([mail.to.address]);
    expect(parsed).toMatchObject({
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.messageId}>`,
    });
  });

  test('a repeat takes the place of the same file, another mail does not', async () => {
    const outbox = await temporaryDirectory();
    const mailer = openMailer({ from: FROM, outbox });
    const outcomes = await Promise.all([send(mailer, mail), send(mailer, { ...mail, subject: 'Again' })]);
    const [file, ...others] = await readdir(outbox);
    expect(others).toEqual([]);
    expect(outcomes[1]).toEqual({ outcome: 'sent', detail: `Kept again as ${file}.` });
    expect((await simpleParser(await readFile(join(outbox, file!)))).subject).toBe('Again');

    await send(mailer, { ...mail, messageId: 'other@pacta.example.org' });
    expect(await readdir(outbox)).toHaveLength(2);
  });

  test('a directory that cannot be had is told, and nothing is thrown', async () => {
    const mailer = openMailer({ from: FROM, outbox: '/dev/null/outbox' });
    expect(await send(mailer, mail)).toMatchObject({ outcome: 'not-sent', passing: true });
    expect(await send(mailer, { ...mail, to: { name: '', address: 'nobody' } })).toMatchObject({
      passing: false,
    });
  });
});
