import { hash, randomFillSync } from 'node:crypto';
import type { Entry } from '../domain/event.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import { canonicalText } from './canonical-text.js';
import { upcast } from './upcasters.js';

/** An entry in the form in which it is written: canonical text, and a commitment to it that reveals nothing. */
export interface SealedEntry {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly text: string;
  readonly salt: Buffer;
  /** SHA-256 of salt and text; with it alone a leaf hash can be checked without showing the contents. */
  readonly commitment: Buffer;
}

/** Bytes of salt per entry: enough that a short entry cannot be guessed from its commitment. */
const SALT_BYTES = 16;

/** Puts an entry into its canonical form (RFC 8785, strings NFC) and commits to it. */
export function seal(entry: Entry): SealedEntry {
  const text = canonicalText(entry);
  const salt = freshSalt();
  const commitment = hash('sha256', Buffer.concat([salt, Buffer.from(text)]), 'buffer');
  return {
    id: entry.id,
    stream: entry.stream,
    version: entry.version,
    type: entry.type,
    text,
    salt,
    commitment,
  };
}

/** Salts are drawn many at a time: a call to the generator costs more than a salt. */
const salts = { bytes: Buffer.alloc(0), used: 0 };

function freshSalt(): Buffer {
  if (salts.used === salts.bytes.length) {
    salts.bytes = randomFillSync(Buffer.alloc(256 * SALT_BYTES));
    salts.used = 0;
  }
  salts.used += SALT_BYTES;
  return salts.bytes.subarray(salts.used - SALT_BYTES, salts.used);
}

/** SHA-256 of the canonical JSON of a value, lower-case hex. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonicalText(value));
}

/** Reads an event back as today's code understands it. */
export function readEntry(row: { entry: string; position: number; recorded_at: string }): PactaEvent {
  const entry = upcast(JSON.parse(row.entry) as Entry);
  // It was made here and now; a copy of it would take longer than to parse it.
  return Object.assign(entry, { position: row.position, recordedAt: row.recorded_at }) as PactaEvent;
}
