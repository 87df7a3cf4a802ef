/** A problem document (RFC 9457). `type` is stable: clients may switch on it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** What is wrong with which field (JSON pointer, RFC 6901). */
  readonly errors?: readonly FieldError[];
  readonly correlationId?: string;
  /** Where the resource stands now, when the caller's knowledge of it was out of date. */
  readonly current?: { readonly version: number; readonly position: number };
}

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** The request itself is malformed, whatever the state of the record. */
export class BadRequest extends Error {
  constructor(
    readonly code: string,
    detail: string,
    readonly errors?: readonly FieldError[],
  ) {
    super(detail);
  }
}

/** No key or token, or none that is good. */
export class Unauthorized extends Error {
  constructor(
    detail: string,
    /** What is wrong with what was sent (RFC 6750, section 3.1); undefined when nothing was. */
    readonly error?: 'invalid_token',
  ) {
    super(detail);
  }
}

/** An Idempotency-Key that was used for another request. */
export class KeyReused extends Error {}

/** What a schema finds wrong (Standard Schema), with zod's list of unknown members. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
  /** What is wrong with the key of a record. */
  readonly issues?: readonly { readonly message: string }[];
}

/** Issues of a schema as one problem that names every field at fault. */
export function invalid(issues: readonly Issue[]): BadRequest {
  const errors = issues.flatMap(pointedAt).slice(0, 50);
  return new BadRequest('invalid', 'The request is not as it must be; see errors.', errors);
}

function pointedAt(issue: Issue): FieldError[] {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  // An unknown member is reported on its parent; the member is what the caller looks for.
  if (issue.keys)
    return issue.keys.map((key) => ({ pointer: pointer([...path, key]), detail: 'is not known here' }));
  return [{ pointer: pointer(path), detail: issue.issues?.[0]?.message ?? issue.message }];
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
