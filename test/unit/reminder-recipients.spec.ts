import {
  contactsAbove,
  contactsFor,
  type ContactRole,
  type Reachable,
  reachedOn,
} from '../../src/domain/reminder-recipients.js';

const contact = (id: string, more: Partial<Reachable> = {}): Reachable => ({
  id,
  party: 'JP',
  role: 'focal-point',
  unsubscribed: false,
  ...more,
});
const withRoles = (...roles: ContactRole[]) => roles.map((role) => contact(role, { role }));
const ids = (contacts: readonly Reachable[]) => contacts.map(({ id }) => id);

describe('who of a party is reminded', () => {
  test.each([
    ['due', ['focal-point', 'secretariat', 'head-of-division', 'co-chair']],
    ['review', ['focal-point', 'secretariat', 'head-of-division', 'co-chair']],
    ['silent', ['focal-point', 'secretariat', 'head-of-division', 'co-chair']],
    ['attest', ['secretariat', 'co-chair', 'focal-point', 'head-of-division']],
    ['answer-extension', ['secretariat', 'co-chair', 'focal-point', 'head-of-division']],
    ['confirm-text', ['secretariat', 'co-chair', 'focal-point', 'head-of-division']],
  ] as const)('of %s: the first of these roles that it has named', (kind, order) => {
    for (let first = 0; first < order.length; first++) {
      expect(ids(contactsFor(kind, withRoles(...order.slice(first))))).toEqual([order[first]]);
    }
    expect(contactsFor(kind, [])).toEqual([]);
  });

  test.each([
    ['head-of-division', ['head-of-division', 'secretariat', 'co-chair', 'focal-point']],
    ['secretariat', ['secretariat', 'co-chair', 'head-of-division', 'focal-point']],
    ['co-chair', ['co-chair', 'secretariat', 'head-of-division', 'focal-point']],
  ] as const)('of an escalation to the %s: the first of these', (role, order) => {
    for (let first = 0; first < order.length; first++) {
      expect(ids(contactsAbove(role, withRoles(...order.slice(first))))).toEqual([order[first]]);
    }
  });

  test('all who have the role', () => {
    expect(ids(contactsFor('due', [contact('a'), contact('b')]))).toEqual(['a', 'b']);
  });

  test('the one alone who answers for the share, where it is a contact, for what concerns the work', () => {
    const known = [contact('a'), contact('b'), contact('s', { role: 'secretariat' })];
    expect(ids(contactsFor('due', known, 'b'))).toEqual(['b']);
    expect(ids(contactsFor('due', known, 'somebody'))).toEqual(['a', 'b']);
    expect(ids(contactsFor('attest', known, 'b'))).toEqual(['s']);
  });
});

describe('who gets it instead', () => {
  const secretariat = contact('office', { role: 'secretariat' });
  const day = '2026-03-10';
  const away = { awayUntil: day };
  const gone = { unsubscribed: true };

  test.each<[string, Partial<Reachable>, Reachable[], string[], boolean]>([
    ['itself, when it is there', {}, [secretariat], ['a'], false],
    [
      'itself, the day after it is back',
      { awayUntil: '2026-03-09', standIn: 'b' },
      [contact('b')],
      ['a'],
      false,
    ],
    [
      'the stand-in of one that is away',
      { ...away, standIn: 'b' },
      [contact('b'), secretariat],
      ['b'],
      false,
    ],
    ['the stand-in of one that wants no mails', { ...gone, standIn: 'b' }, [contact('b')], ['b'], false],
    [
      'the stand-in of a stand-in that is away, too',
      { ...away, standIn: 'b' },
      [contact('b', { ...away, standIn: 'c' }), contact('c')],
      ['c'],
      false,
    ],
    ['the secretariat, where there is no stand-in', gone, [contact('b'), secretariat], ['office'], false],
    [
      'the secretariat, where stand-ins refer to each other',
      { ...away, standIn: 'b' },
      [contact('b', { ...away, standIn: 'a' }), secretariat],
      ['office'],
      false,
    ],
    ['itself after all, where nobody is there: it is not silenced', gone, [contact('b')], ['a'], true],
    [
      'itself after all, where the secretariat is away',
      away,
      [contact('office', { role: 'secretariat', ...away })],
      ['a'],
      true,
    ],
  ])('%s', (_who, its, others, reached, isLast) => {
    const meant = contact('a', its);
    const { contacts, ...rest } = reachedOn(day, meant, [meant, ...others]);
    expect([ids(contacts), rest.isLast]).toEqual([reached, isLast]);
  });
});
