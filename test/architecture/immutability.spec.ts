import { filesIn } from './source-files.js';
import { changesOfEvents, grantsIn } from './statements.js';

const migrations = filesIn('migrations');

describe('no statement', () => {
  test('of the source or of a migration changes or removes an event', () => {
    const files = [...filesIn('src'), ...migrations];
    expect(files.length).toBeGreaterThan(100);
    expect(
      files.flatMap(({ path, text }) => changesOfEvents(text).map((found) => `${path}: ${found}`)),
    ).toEqual([]);
  });

  test.each([
    'update event set entry = $1',
    'UPDATE  only pacta.event e set entry = $1',
    'update "event" set entry = $1',
    'delete from event where position = 1',
    'DELETE FROM\n  pacta."event"',
    'truncate event',
    'truncate table log_head, event',
    'merge into event using other on true',
    'insert into event select * from old on conflict (log_id, position) do update set entry = excluded.entry',
    'drop table if exists event',
    'alter table event alter column entry type bytea using null',
    "db.updateTable('event')",
    'db.deleteFrom(`event`)',
    'tx.mergeInto("event as e")',
    "sql`delete from ${sql.table('event')}`",
    "db.replaceInto('event')",
  ])('would go unnoticed: %s', (statement) => {
    expect(changesOfEvents(statement)).toHaveLength(1);
  });

  test.each([
    'insert into event (log_id) select $1',
    'update event_seen set position = 1',
    'delete from checkpoint; select * from event',
    'insert into event (id) values ($1) on conflict do nothing',
    "db.selectFrom('event')",
    'alter table event set (autovacuum_freeze_min_age = 0)',
    'update log_head set position = 1 where exists (select from event)',
  ])('is suspected that does no such thing: %s', (statement) => {
    expect(changesOfEvents(statement)).toEqual([]);
  });
});

describe('the role of the service', () => {
  const grants = migrations.flatMap(({ text }) => grantsIn(text));

  test('may select and insert events, and nothing else', () => {
    const onEvents = grants.filter(({ on, to }) => to === 'pacta_service' && on.includes('event'));
    expect(onEvents.flatMap(({ privileges }) => privileges).toSorted()).toEqual(['insert', 'select']);
  });

  test('is given rights on tables by their names only, never on all there are or will be', () => {
    const sweeping = /on\s+all\s+\w+\s+in\s+schema|default\s+privileges|grant\s+all\b|with\s+grant\s+option/i;
    expect(migrations.filter(({ text }) => sweeping.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('is the only one that anything is granted to', () => {
    expect(new Set(grants.map(({ to }) => to))).toEqual(new Set(['pacta_service']));
  });

  test('has no way around its rights: no function, trigger or rule that acts with those of the owner', () => {
    const around =
      /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?(function|procedure|trigger|event\s+trigger|rule)\b/i;
    const owning = /\bsecurity\s+definer\b|\bowner\s+to\b|\bset\s+role\b/i;
    const ways = migrations.filter(({ text }) => around.test(text) || owning.test(text));
    expect(ways.map(({ path }) => path)).toEqual([]);
  });

  test('is told its rights in statements that are understood here', () => {
    expect(
      grantsIn(
        '-- grant all on secret to x;\ngrant select,\n insert on pacta.event, "other" to pacta_service;',
      ),
    ).toEqual([{ privileges: ['select', 'insert'], on: ['event', 'other'], to: 'pacta_service' }]);
    expect(grantsIn('grant usage on schema pacta to pacta_service;')).toEqual([
      { privileges: ['usage'], on: ['schema pacta'], to: 'pacta_service' },
    ]);
    const written = migrations.flatMap(({ text }) => text.match(/^grant\b/gm) ?? []);
    expect(grants).toHaveLength(written.length);
  });
});
