/**
 * A rule of the domain said no. The code is stable (clients may switch on it), the text is for people.
 * `field` is a JSON pointer (RFC 6901) into the command where one field is at fault.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: string,
    text: string,
    readonly field?: string,
  ) {
    super(text);
  }
}

/** What the command says can never be right, whatever the state of the record: a day that does not exist, a promise to oneself. */
export class Malformed extends Refusal {}

/** The actor may not do this, whatever the state of the record. */
export class Forbidden extends Refusal {}

/** Something that the command names does not exist. */
export class NotFound extends Refusal {}

/** Refuses a command that calls for a reason and gives none; `request` is the sentence that asks for it. */
export function mustGiveReason(reason: string | undefined, request: string): void {
  if (!reason) throw new Malformed('reason-missing', request, '/reason');
}
