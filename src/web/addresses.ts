import type { CountName } from '../read-models/standing-today.js';

/** Which commitments a list shows. */
export interface ListFilter {
  readonly focusArea?: string | undefined;
  readonly counted?: CountName | undefined;
  /** Only those after this id. */
  readonly after?: string | undefined;
}

/** Address of a list of commitments. */
export function listAddress(dialogue: string, filter: ListFilter = {}): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return `/dialogues/${encodeURIComponent(dialogue)}/commitments${query && `?${query}`}`;
}

/** Address of the page of one commitment; mails link to it. */
export function commitmentAddress(dialogue: string, id: string): string {
  return `/dialogues/${encodeURIComponent(dialogue)}/commitments/${encodeURIComponent(id)}`;
}
