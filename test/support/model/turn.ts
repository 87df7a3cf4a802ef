import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { besideRules } from './beside-rules.js';
import { dateRules } from './date-rules.js';
import { deliveryRules } from './delivery-rules.js';
import { endingRules } from './ending-rules.js';
import type { Model } from './model.js';
import { maySee, type Party, people, type Person } from './people.js';
import { progressRules } from './progress-rules.js';
import { badProposals } from './proposal.js';
import { Draw, type Ground, type Plan, type Rule } from './rule.js';
import { type Run, seerOf } from './run.js';
import { secrecyRules } from './secrecy-rules.js';
import { textRules } from './text-rules.js';

/** Everything that persons can ask of a commitment. */
export const rules: Readonly<Record<string, Rule>> = {
  ProposeCommitment: badProposals,
  ...textRules,
  ...dateRules,
  ...progressRules,
  ...deliveryRules,
  ...besideRules,
  ...endingRules,
  ...secrecyRules,
};

/** One run of commands as the model follows it. */
export interface Sheet {
  readonly model: Model;
  asked: number;
}

/** How often each command was accepted and refused. */
export type Tally = Record<string, { accepted: number; refused: number }>;

interface Drawn {
  readonly command: string;
  /** Asked when it can be; else whether or not it can be. */
  readonly when: 'possible' | 'whenever' | 'by-anyone';
  readonly who: number;
  readonly numbers: readonly number[];
  /** Asked twice under one Idempotency-Key. */
  readonly twice: boolean;
}

/** As many commands as one run has. */
export const LENGTH = 30;

/** One command on its way: who asks for what is settled when its turn comes, by what fast-check has drawn. */
export class Turn implements fc.AsyncCommand<Sheet, Run> {
  private spelled: string;

  constructor(
    private readonly drawn: Drawn,
    private readonly tally: Tally,
  ) {
    this.spelled = JSON.stringify(drawn);
  }

  check({ model, asked }: Readonly<Sheet>): boolean {
    return asked < LENGTH && this.choose(model) !== undefined;
  }

  async run(sheet: Sheet, run: Run): Promise<void> {
    const { model } = sheet;
    const { command, twice } = this.drawn;
    const rule = rules[command]!;
    let { who, plan } = this.choose(model)!;
    if (Object.values(plan.body).includes('look')) {
      await run.look(model, seerOf(model));
      ({ who, plan } = this.choose(model)!);
    }
    const grounds = groundsOf(command, model, who, plan);
    this.spelled = `${who.name}: ${command} ${JSON.stringify(plan.body)} ${grounds.length > 0 ? grounds.map(([status, code]) => `${status} ${code}`).join(', ') : 'ok'}`;
    sheet.asked++;
    const { keys, api, at } = run.world;
    const url = rule.path === '' ? `${at}/commitments` : `${run.at}/${rule.path}`;
    const asking = {
      key: keys[who.name]!,
      body: plan.body,
      headers: { prefer: 'respond-async', ...(twice && { 'idempotency-key': randomUUID() }) },
    };
    const answer = await api.ask(rule.method, url, asking);
    const tally = (this.tally[command] ??= { accepted: 0, refused: 0 });
    const { type } = answer.body as { type?: string };
    const said = type ? `${answer.status} ${type.replace('urn:pacta:problem:', '')}` : `${answer.status}`;
    if (grounds.length > 0) {
      expect(grounds.map(([status, code]) => `${status} ${code}`)).toContain(said);
      tally.refused++;
      return;
    }
    expect(said).toBe('202');
    for (const each of plan.follows(model)) {
      model.events.push(typeof each === 'string' ? { type: each, level: { level: 'public' } } : each);
    }
    const version = model.events.filter(({ level }) => maySee(who, level)).length;
    expect(answer.body).toMatchObject({ id: run.id, version });
    run.position = Math.max(run.position, answer.body['position'] as number);
    tally.accepted++;
    if (!twice) return;
    const again = await api.ask(rule.method, url, asking);
    expect([again.status, again.body]).toEqual([answer.status, answer.body]);
    run.repeatables.push({ method: rule.method, url, asking, answer });
  }

  toString(): string {
    return this.spelled;
  }

  /** Asked anew in another run, it says anew what it came to. */
  [fc.cloneMethod](): Turn {
    return new Turn(this.drawn, this.tally);
  }

  private choose(model: Model): { who: Person; plan: Plan } | undefined {
    const { command, when, who: first, numbers } = this.drawn;
    const rule = rules[command]!;
    const fit = when === 'by-anyone' ? people : people.filter(({ role }) => rule.by.includes(role));
    const planned = (index: number) => {
      const who = fit[(first + index) % fit.length]!;
      const turned = [...numbers.slice(index % numbers.length), ...numbers.slice(0, index % numbers.length)];
      return { who, plan: rule.plan(model, who, new Draw(turned)) };
    };
    if (when !== 'possible') return planned(0);
    return fit
      .concat(fit)
      .map((_each, index) => planned(index))
      .find(({ who, plan }) => groundsOf(command, model, who, plan).length === 0);
  }
}

/** Every ground on which the answer may refuse it; none when it is to be accepted. */
function groundsOf(command: string, model: Model, who: Person, plan: Plan): readonly Ground[] {
  const rule = rules[command]!;
  if (!rule.by.includes(who.role)) return [[403, 'not-permitted']];
  const hidden = rule.path !== '' && !maySee(who, model.level) && ([404, 'no-such-commitment'] as const);
  const first = [hidden, plan.missing].filter((each) => Array.isArray(each)) as Ground[];
  if (first.length > 0) return first;
  const state = !rule.in.includes(model.status) && ([409, `commitment-${model.status}`] as const);
  return [state, ...plan.refused].filter((each) => Array.isArray(each)) as Ground[];
}

/** A command that is possible, asked by the first of `by` that may; the same numbers choose the same. */
export function certain(tally: Tally, command: string, by: Party | undefined, number: number): Turn {
  const fit = people.filter(({ role }) => rules[command]!.by.includes(role));
  const who = fit.findIndex(({ party }) => party === by);
  return new Turn({ command, when: 'possible', who, numbers: [0, 0, number], twice: false }, tally);
}

/** Any command, the more telling ones more often. */
export function turns(tally: Tally): fc.Arbitrary<Turn> {
  const commands = Object.entries(rules).flatMap(([command, { weight = 3 }]) =>
    Array<string>(weight).fill(command),
  );
  return fc
    .record({
      command: fc.constantFrom(...commands),
      when: fc.oneof(
        { weight: 10, arbitrary: fc.constant('possible' as const) },
        { weight: 2, arbitrary: fc.constantFrom('whenever' as const, 'by-anyone' as const) },
      ),
      who: fc.nat(99),
      numbers: fc.array(fc.nat(9999), { minLength: 7, maxLength: 7 }),
      twice: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
    })
    .map((drawn) => new Turn(drawn, tally));
}
