import type { CommitmentAnswer } from '../../../src/read-models/commitment-answer.js';
import type { Answer } from '../http.js';
import { claimShown, type Model, textShown } from './model.js';
import { maySee, people, type Person } from './people.js';
import { actual, expected } from './shown.js';
import { countsOf, countsShown, type World } from './world.js';

/** A change that was made under an Idempotency-Key, as it was answered. */
interface Repeatable {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly asking: Parameters<World['api']['ask']>[2];
  readonly answer: Answer;
}

/** One commitment in a dialogue: what the service is asked, and what it says. */
export class Run {
  readonly repeatables: Repeatable[] = [];
  /** How far the log has got by what was asked here. */
  position = 0;

  constructor(
    readonly world: World,
    readonly id: string,
  ) {}

  get at(): string {
    return `${this.world.at}/commitments/${this.id}`;
  }

  /** Reads the commitment as `reader` and compares everything that is shown with the model. */
  async look(model: Model, reader: Person | undefined): Promise<void> {
    const { api, keys, slug } = this.world;
    await api.views.haveReached(slug, this.position, 20_000);
    const { status, body } = await api.ask('GET', this.at, reader && { key: keys[reader.name]! });
    const sees = maySee(reader, model.level);
    expect([reader?.name, status]).toEqual([reader?.name, sees ? 200 : 404]);
    if (!sees) return;
    const answer = body as unknown as CommitmentAnswer;
    expect(actual(answer)).toEqual(expected(model, reader));
    remember(model.shown.text, textShown(model), answer.text.digest);
    const claim = claimShown(model);
    if (claim !== undefined) remember(model.shown.claim, claim, answer.delivery.claimDigest!);
  }

  /** At the end: all kinds of readers, the history, the counts, and a repeat that changes nothing. */
  async finish(model: Model): Promise<void> {
    await this.repeat();
    const seer = seerOf(model);
    for (const reader of [seer, people[0], people[4], undefined]) await this.look(model, reader);
    await this.compareHistory(model, seer);
    this.world.models.push(model);
    expect(await countsShown(this.world)).toMatchObject(countsOf(this.world));
  }

  private async repeat(): Promise<void> {
    for (const { method, url, asking, answer } of this.repeatables.slice(0, 2)) {
      const again = await this.world.api.ask(method, url, asking);
      expect([again.status, again.body]).toEqual([answer.status, answer.body]);
    }
  }

  private async compareHistory(model: Model, reader: Person): Promise<void> {
    const { api, keys } = this.world;
    const { body } = await api.ask('GET', `${this.at}/history`, { key: keys[reader.name]! });
    const events = (body['events'] as { stream: string; version: number; type: string }[])
      .filter(({ stream }) => stream === `commitment-${this.id}`)
      .map(({ version, type }) => `${version} ${type}`);
    const wanted = model.events
      .filter(({ level }) => maySee(reader, level))
      .map(({ type }, index) => `${index + 1} ${type}`);
    expect(events).toEqual(wanted);
  }
}

/** Someone who may read the commitment. */
export function seerOf({ level }: Model): Person {
  return people.find((person) => person.role === 'secretariat' && maySee(person, level))!;
}

/** The same is always shown under the same digest, and nothing else is. */
function remember(shown: Map<string, string>, what: string, digest: string): void {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  const others = [...shown].filter(([each, known]) => (each === what) !== (known === digest));
  expect(others).toEqual([]);
  shown.set(what, digest);
}
