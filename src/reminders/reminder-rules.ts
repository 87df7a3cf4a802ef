/** Why someone is reminded, and what ends it; by the kind of reminder (domain.md 7). */
export const reminderRules: Readonly<Record<string, { readonly why: string; readonly stops: string }>> = {
  due: {
    why: 'The party has agreed to it and has not claimed delivery of its share.',
    stops:
      'A claim of delivery, withdrawal, replacement or lapse; another due date begins a series of its own.',
  },
  review: {
    why: 'The party has agreed to it, and no day follows from the words agreed.',
    stops: 'A claim of delivery, withdrawal, replacement or lapse, or a date that is set.',
  },
  silent: {
    why: 'The party has reported nothing for long.',
    stops: 'A report, also that there is nothing to report.',
  },
  'confirm-text': {
    why: 'The text is on record from one side and waits for this party.',
    stops: 'Confirming the text, objecting to it, or withdrawal.',
  },
  'answer-extension': {
    why: 'More time was asked for, and this party has not answered.',
    stops: 'Granting or refusing it.',
  },
  attest: {
    why: 'Delivery was claimed, and the confirmation of this party is missing.',
    stops: 'Confirming delivery or declining to, or a claim that is taken back.',
  },
  escalation: {
    why: 'The time agreed has ended, or the next round is near, and nobody has answered.',
    stops: 'An answer: a report, a request for more time, a claim of delivery. Reading the mail is none.',
  },
};
