import { NotFound } from '../domain/refusal.js';

/** The page that answers someone who came by a link in a mail. */
export interface Answered {
  readonly page: string;
  readonly status: number;
}

/** One answer for a link that is made up, changed, expired or about someone who was erased: it tells nobody which. */
export function noSuchLink(): NotFound {
  return new NotFound(
    'no-such-link',
    'This link is not good, or no longer. Take the newest mail about it, and copy its link whole.',
  );
}
