import type { MailOutcome } from './mail.js';

/** What nodemailer adds to the errors of an SMTP connection. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  /** The server's answer, where it is the answer that failed. */
  readonly response?: string;
  readonly responseCode?: number;
  readonly permanent?: boolean;
}

/** "Log in first": an answer to this set-up, though it is given to a mail. */
const LOGIN_REQUIRED = 530;

/** The server took the mail, with this answer. */
export function success(answer: string): MailOutcome {
  return { outcome: 'sent', code: Number(answer.slice(0, 3)) || undefined, detail: oneLine(answer) };
}

/**
 * What a failed attempt means for its mail.
 * @param handedOver whether the whole message, with its final dot, had been given to the connection.
 */
export function failure(error: SmtpError, handedOver: boolean): MailOutcome {
  if (handedOver && !isRefusal(error)) {
    return { outcome: 'uncertain', detail: `No answer to the complete message: ${detailOf(error)}` };
  }
  const passing = isPassing(error);
  const code = isVerdict(error) ? error.responseCode : undefined;
  return { outcome: 'not-sent', passing, detail: detailOf(error), ...(code !== undefined && { code }) };
}

/** True for an answer to the message itself; other answers (a farewell, noise) leave open what became of it. */
function isRefusal({ code, responseCode = 0 }: SmtpError): boolean {
  return code === 'EMESSAGE' && responseCode >= 400;
}

/** An answer to the envelope or the contents of this mail, rather than trouble with the server as a whole. */
function isVerdict({ code, responseCode }: SmtpError): boolean {
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== LOGIN_REQUIRED;
}

/**
 * Only a verdict on this mail is final: a 5xx answer to its envelope or its contents, or a size that the
 * server has announced not to take. Trouble with the network, TLS or the login ends when somebody mends it.
 */
function isPassing(error: SmtpError): boolean {
  return !isVerdict(error) || (error.response !== undefined && error.permanent !== true);
}

/** One line for the record. Answers to a login are left out: some servers repeat what they were given. */
function detailOf({ code, command, message, responseCode }: SmtpError): string {
  if (code === 'EAUTH' || command?.startsWith('AUTH')) {
    return `The login to the mail server failed${responseCode ? ` (${responseCode})` : ''}.`;
  }
  return oneLine(message);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 500);
}
