import type { Dice } from '../../faults/dice.js';
import type { Mailer, MailOutcome, Message } from '../../../src/mail/mailer.js';
import type { Life, World } from './world.js';

/** A message that the server has taken. */
export interface Taken {
  readonly messageId: string;
  readonly raw: string;
  readonly at: number;
}

/** A mail server that refuses, hangs up and loses its answers as the dice say. */
export class SimulatedMailServer {
  readonly taken: Taken[] = [];
  readonly refusedForGood = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly dice: Dice,
    private readonly trouble: () => number,
  ) {}

  reachedBy(life: Life): Mailer {
    return {
      describes: 'a simulated server',
      write: ({ messageId, to, text }) =>
        life.step(() => ({
          messageId,
          envelope: { from: 'pacta@example.org', to: to.address },
          raw: Buffer.from(
            `From: pacta@example.org\r\nTo: ${to.address}\r\nMessage-ID: <${messageId}>\r\n\r\n${text}`,
          ),
        })),
      deliver: (message, beforeData) => this.converse(life, message, beforeData),
      close: () => Promise.resolve(),
    };
  }

  private async converse(
    life: Life,
    message: Message,
    beforeData?: () => Promise<void>,
  ): Promise<MailOutcome> {
    const refusal = await life.step(() => this.refusal(message));
    if (refusal) return refusal;
    try {
      await beforeData?.();
    } catch {
      return { outcome: 'not-sent', passing: true, detail: 'Nothing was handed over.' };
    }
    return life.step(() => {
      const refused = this.refusal(message);
      if (refused) return refused;
      this.taken.push({ messageId: message.messageId, raw: message.raw.toString(), at: this.world.now });
      return this.dice.chance(this.trouble())
        ? { outcome: 'uncertain', detail: 'No answer.' }
        : { outcome: 'sent', code: 250, detail: '250' };
    });
  }

  private refusal({ messageId }: Message): MailOutcome | undefined {
    if (!this.dice.chance(this.trouble())) return undefined;
    if (this.dice.chance(0.1)) {
      this.refusedForGood.add(messageId);
      return { outcome: 'not-sent', passing: false, code: 550, detail: '550' };
    }
    const code = this.dice.chance(0.5) ? { code: 450 } : {};
    return { outcome: 'not-sent', passing: true, detail: 'Later.', ...code };
  }
}
