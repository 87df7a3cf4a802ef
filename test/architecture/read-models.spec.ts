import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { readModels } from '../../src/read-models/views.js';
import { reminderSubjects } from '../../src/reminders/subjects.js';
import { nodesOf, sourcesIn } from './source-files.js';
import { eventTypes, eventTypesOf } from './vocabulary.js';

const subscribers = [...readModels, reminderSubjects];

describe.each(subscribers.map((model) => [model.name, model] as const))(
  'the read model %s',
  (_name, model) => {
    test('says of every event that can happen what it does here, if only that it is ignored', () => {
      const wholly = [...model.ignores, ...Object.keys(model.alike)].flatMap(eventTypesOf);
      expect([...Object.keys(model.on), ...wholly].toSorted()).toEqual(eventTypes);
    });

    test('does something: it writes rows for some event', () => {
      expect([...Object.values(model.on), ...Object.values(model.alike)].flat()).not.toEqual([]);
    });
  },
);

test('no event is ignored by all of them: what is recorded can be seen somewhere', () => {
  // What was decided about a subscription is read by the subscription itself, and listed by `pacta skip list`.
  const readFromTheLog = eventTypesOf('subscription');
  const shown = subscribers.flatMap(({ on, alike }) => [
    ...Object.entries(on).flatMap(([type, effects]) => (effects.length > 0 ? type : [])),
    ...Object.keys(alike).flatMap(eventTypesOf),
  ]);
  expect(shown).not.toEqual(expect.arrayContaining([...readFromTheLog]));
  shown.push(...readFromTheLog);
  expect(eventTypes.filter((type) => !shown.includes(type))).toEqual([]);
});

test('no two read models write the same table: each can be thrown away and folded anew alone', () => {
  const tables = subscribers.flatMap((model) => model.tables);
  expect(tables.filter((table, index) => tables.indexOf(table) !== index)).toEqual([]);
});

test('every view is listed in ARCHITECTURE.md, with its tables', () => {
  const rows = readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\| .*? \| (`.*`) +\|$/gm);
  const listed = [...rows].map(([, name, tables]) => [name, tables!.match(/\w+/g)!.toSorted()]);
  expect(listed).toEqual(readModels.map(({ name, tables }) => [name, tables.toSorted()]));
});

test('every read model that is made is kept up with the log', () => {
  const made = sourcesIn('src')
    .flatMap(nodesOf)
    .flatMap((node) =>
      ts.isCallExpression(node) && node.expression.getText() === 'readModel' && node.arguments[0]
        ? node.arguments[0].getText().slice(1, -1)
        : [],
    );
  expect(made.toSorted()).toEqual(subscribers.map(({ name }) => name).toSorted());
});

test('the events are those that the domain writes down', () => {
  expect(eventTypes).toEqual(
    expect.arrayContaining(['CommitmentProposed', 'DialogueAnnounced', 'ReminderSent']),
  );
  expect(eventTypes.length).toBeGreaterThanOrEqual(20);
});
