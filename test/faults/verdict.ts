import type { Account, Written } from './account.js';
import { type Asked, askedIn } from './asked.js';
import { streamOf } from './asking.js';
import { unresolved } from './journal.js';
import { WITNESSES } from './witness.js';

/** A rule that holds of every account: what speaks against it, nothing when it holds. */
export type Rule = (account: Account) => string[];

/** What must be true whatever went wrong. */
export const rules = {
  'every acknowledged event is in the log exactly once, where its writer was told': (account) => {
    const events = groupedBy(account.events, ({ command }) => command);
    return askedIn(account.journal).flatMap((asked) => {
      const places = (events.get(asked.command.id) ?? []).map(placeOf);
      return asked.acknowledged
        .map((outcome) => placesOf(asked, outcome))
        .filter((told) => told.join() !== places.join())
        .map(
          (told) => `${asked.command.id} was told ${told.join()}, and is at ${places.join() || 'no place'}`,
        );
    });
  },
  'nothing is in the log that was refused, or that nobody asked for': ({ journal, events }) => {
    const asked = new Map(askedIn(journal).map((each) => [each.command.id, each]));
    return events
      .filter(({ command }) => (asked.get(command)?.acknowledged.length ?? 0) === 0)
      .map(
        (event) => `${event.command} is at ${placeOf(event)}: ${asked.get(event.command)?.refused.join()}`,
      );
  },
  'what rests on other streams is written only while they are as it looked at them': ({
    journal,
    events,
  }) => {
    const streams = groupedBy(events, nameOf);
    const first = new Map(events.toReversed().map((event) => [event.command, event]));
    return askedIn(journal).flatMap(({ command: { id, restsOn = [] } }) => {
      const written = first.get(id);
      return restsOn
        .filter(({ stream, version }) => {
          const rested = written && (streams.get(nameOf({ log: written.log, stream })) ?? []);
          return rested && rested.filter((each) => each.position < written.position).length !== version;
        })
        .map(({ stream, version }) => `${id} was written when ${stream} was not at ${version}`);
    });
  },
  'no command is told both that it was written and that it was refused': ({ journal }) =>
    askedIn(journal)
      .filter(({ acknowledged, refused }) => acknowledged.length > 0 && refused.length > 0)
      .map(({ command, refused }) => `${command.id} was acknowledged, and refused: ${refused.join()}`),
  'every unknown outcome is resolved by asking again': ({ journal }) =>
    unresolved(journal).map(({ id }) => `${id} is unknown`),
  'positions are dense, and the head is at the last': ({ events, heads }) =>
    heads.flatMap(({ log, position }) => {
      const positions = events.filter((event) => event.log === log).map((event) => event.position);
      return differences(log, positions, position);
    }),
  'the versions of a stream are dense, in the order of its positions, and as its entries say': ({ events }) =>
    [...groupedBy(events, nameOf)].flatMap(([name, ofStream]) => [
      ...differences(
        name,
        ofStream.map(({ version }) => version),
        ofStream.length,
      ),
      ...ofStream
        .filter(({ stream, version, says }) => says !== `${stream} ${version}`)
        .map((event) => `${placeOf(event)} says ${event.says}`),
    ]),
  'the time of recording never goes back within a log': ({ events }) =>
    events
      .filter(({ log, recordedAt }, index) => {
        const before = events[index - 1];
        return before?.log === log && before.recordedAt > recordedAt;
      })
      .map((event) => `${placeOf(event)} was recorded before the one before it`),
  'each subscriber sees each event once and in order': ({ seen, heads }) =>
    WITNESSES.flatMap((witness) =>
      heads.flatMap(({ log, position }) => {
        const ofBoth = seen.filter((each) => each.witness === witness && each.log === log);
        const positions = ofBoth.map((each) => each.position);
        return differences(`${witness} in ${log}`, positions, position);
      }),
    ),
  'no log is parked by what passes': ({ parked }) =>
    parked.map(({ subscription, log }) => `${subscription} has parked ${log}`),
} satisfies Readonly<Record<string, Rule>>;

function nameOf({ log, stream }: Pick<Written, 'log' | 'stream'>): string {
  return `${log}/${stream}`;
}

/** Where numbers that should be 1, 2, 3, … up to `last` are not. */
function differences(name: string, numbers: readonly number[], last: number): string[] {
  const wrong = numbers.findIndex((number, index) => number !== index + 1);
  if (wrong >= 0) return [`${name} has ${numbers[wrong]} in place of ${wrong + 1}`];
  return numbers.length === last ? [] : [`${name} has ${numbers.length} and should have ${last}`];
}

function placeOf({
  log,
  position,
  stream,
  version,
}: Omit<Written, 'recordedAt' | 'command' | 'process' | 'says'>) {
  return `${log}:${position} ${stream}@${version}`;
}

/** The places of a command's events, by what was told about the last of them. */
function placesOf(
  { command }: Asked,
  last: { readonly version: number; readonly position: number },
): string[] {
  const { log, count } = command;
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index;
    return placeOf({
      log,
      position: last.position - back,
      stream: streamOf(command),
      version: last.version - back,
    });
  });
}

export function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
