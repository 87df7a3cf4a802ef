import addressparser from 'nodemailer/lib/addressparser';
import type { Message } from './message.js';

/** The message of which the bytes were kept, to be sent once more as it was. Throws for bytes that are none of ours. */
export function messageKept(raw: Buffer): Message {
  const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString();
  const field = (name: string) => {
    const found = new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'im').exec(head)?.[1];
    if (found === undefined) throw new TypeError(`A message that was kept has no ${name}.`);
    return found.replace(/\r\n[ \t]+/g, ' ').trim();
  };
  const address = (name: string) => addressparser(field(name))[0]?.address ?? '';
  return {
    messageId: field('Message-ID').replace(/^<|>$/g, ''),
    envelope: { from: address('From'), to: address('To') },
    raw,
  };
}
