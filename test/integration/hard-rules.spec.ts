import { Grants } from '../../src/identity/grants.js';
import { acting } from '../support/acting.js';
import { d, openTalks, promise, source, type Talks } from '../support/talks.js';

/** Each hard rule once more, as someone would try it who has real keys and patience. */

let api: Talks;
/** People of India, each with a key of their own. */
let indian: Record<'secretariat' | 'deputy' | 'co-chair' | 'desk', string>;
const { ask, done, refused, read, history, propose, agreed } = acting(() => api);

const minutes = { sources: [{ document: 'minutes' }] };
/** What India's secretariat has put on record and called joint. */
const ownPaper = { sources: [{ document: 'own-paper' }] };
const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
const promised = { nature: 'unilateral', undertakings: [{ party: 'IN' }], towards: 'JP' };
const digest = 'a'.repeat(64);

let count = 0;
const fresh = () => `C-${++count}`;
const subjectOf = (key: string) => `key-${key.split('_')[1]}`;

beforeAll(async () => {
  api = await openTalks();
  const india = { party: 'IN' } as const;
  indian = {
    secretariat: api.secretariat.IN,
    deputy: await api.key({ role: 'secretariat', ...india }),
    'co-chair': await api.key({ role: 'co-chair', ...india }),
    desk: await api.key({ role: 'desk-officer', ...india }),
  };
  const paper = { ...source, id: 'own-paper', standing: 'joint-outcome-document' };
  await done('POST', 'sources', paper, indian.secretariat);
});
afterAll(() => api.ending.now());

const shownOf = async (id: string) =>
  (
    (await read(`commitments/${id}`)) as {
      delivery: { claimDigest: string; keysTurned: string[]; keysStale: string[] };
    }
  ).delivery;
const evidenceOf = (party: string, name: string) => ({
  party,
  evidence: { id: name, titles: { en: 'Map' }, digest },
});

async function claim(id: string, party: 'IN' | 'JP', key: string) {
  await done('POST', `commitments/${id}/evidence`, evidenceOf(party, `map-${party}`), key);
  await done('POST', `commitments/${id}/delivery-claims`, { party, evidence: [`map-${party}`] }, key);
}

const attestation = async (id: string, party: string) => ({
  party,
  claimDigest: (await shownOf(id)).claimDigest,
});

describe('one side alone', () => {
  test('does not get a joint commitment verified, however many of its people try', async () => {
    const id = fresh();
    await agreed(id);
    await claim(id, 'IN', indian.desk);
    const forBoth = async (key: string) => {
      for (const party of ['IN', 'JP']) {
        const known = await shownOf(id);
        for (const [path, body] of [
          ['evidence', evidenceOf(party, `more-${count++}`)],
          ['delivery-claims', { party, evidence: ['map-IN'] }],
          ['attestations', { party, claimDigest: known.claimDigest }],
          ['attestations', { party, claimDigest: known.claimDigest, onBehalfOf: 'JP' }],
        ] as const) {
          const answer = await ask('POST', `commitments/${id}/${path}`, body, key);
          // Their own evidence is all that they can add.
          expect([answer.status < 500, answer.status < 300]).toEqual([
            true,
            path === 'evidence' && party === 'IN' && answer.status === 200,
          ]);
        }
      }
    };
    for (const key of Object.values(indian)) await forBoth(key);
    expect(await read(`commitments/${id}`)).toMatchObject({ status: 'agreed' });
    // Nor once both have claimed.
    await claim(id, 'JP', api.desk);
    for (const key of [indian.secretariat, indian.deputy, indian['co-chair']]) {
      await ask('POST', `commitments/${id}/attestations`, await attestation(id, 'IN'), key);
      await ask('POST', `commitments/${id}/attestations`, await attestation(id, 'JP'), key);
    }
    expect(await read(`commitments/${id}`)).toMatchObject({
      status: 'delivery-claimed',
      delivery: { keysTurned: ['IN'] },
    });
  });

  test('does not confirm its own promise to another', async () => {
    const id = fresh();
    await agreed(id, promised);
    await claim(id, 'IN', indian.desk);
    for (const key of Object.values(indian)) {
      for (const party of ['IN', 'JP']) {
        expect(
          (await ask('POST', `commitments/${id}/attestations`, await attestation(id, party), key)).status,
        ).toBe(403);
      }
    }
    expect(await read(`commitments/${id}`)).toMatchObject({ status: 'delivery-claimed' });
  });

  test('does not make its own account agreed: not as a readout, nor by calling its own paper joint', async () => {
    const id = fresh();
    await done(
      'POST',
      'sources',
      { ...source, id: `readout-${id}`, standing: 'readout', issuer: 'IN' },
      indian.secretariat,
    );
    const readout = {
      document: `readout-${id}`,
      quotation: { text: 'we will', language: 'en', verbatim: true },
    };
    await propose(id, { sources: [readout] });
    const agreement = `commitments/${id}/agreement`;
    for (const key of [indian.secretariat, indian.deputy]) {
      expect(await refused('PUT', agreement, {}, key)).toEqual([409, 'text-not-confirmed']);
      expect(await refused('PUT', agreement, { sources: [{ document: `readout-${id}` }] }, key)).toEqual([
        409,
        'text-not-confirmed',
      ]);
      expect(await refused('PUT', agreement, ownPaper, key)).toEqual([409, 'text-not-confirmed']);
    }
    expect(await refused('PUT', agreement, { sources: [{ document: `readout-${id}` }] })).toEqual([
      409,
      'text-not-confirmed',
    ]);
    const { text } = (await read(`commitments/${id}`)) as { text: { digest: string } };
    const confirmation = { party: 'IN', textDigest: text.digest };
    await done('POST', `commitments/${id}/text-confirmations`, confirmation, indian.secretariat);
    expect(await refused('PUT', agreement, {}, indian.deputy)).toEqual([409, 'text-not-confirmed']);
    // What the other side cites as joint is.
    await done('PUT', agreement, ownPaper, api.secretariat.JP);
    expect(await read(`commitments/${id}`)).toMatchObject({ status: 'agreed' });
    expect((await history(id)).at(-1)).toMatchObject({
      actor: { party: 'JP' },
      sources: [{ document: 'own-paper' }],
    });
  });

  test('does not let a commitment lapse: there is no address for it, and a close of its own does not do', async () => {
    await done('POST', 'rounds', { number: 1, plannedFor: '2025-02', ...place });
    const lapsing = fresh();
    await agreed(lapsing, { round: 1 });
    for (const path of ['lapse', 'lapses', 'carry-overs'])
      expect(
        (await ask('PUT', `commitments/${lapsing}/${path}`, { round: 1 }, indian.secretariat)).status,
      ).toBe(404);
    expect(await refused('PUT', 'rounds/1/close', { on: '2025-02-10', lapsed: [lapsing] })).toEqual([
      409,
      'round-scheduled',
    ]);
    await done('PUT', 'rounds/1/holding', { on: '2025-02-10' }, indian.secretariat);
    for (const cited of [{}, ownPaper])
      expect(
        await refused(
          'PUT',
          'rounds/1/close',
          { on: '2025-02-10', lapsed: [lapsing], ...cited },
          indian.deputy,
        ),
      ).toEqual([403, 'takes-every-side', '/lapsed']);
    expect(
      await refused('POST', 'rounds/1/outcome-documents', { document: 'own-paper' }, indian.deputy),
    ).toEqual([409, 'document-not-joint', '/document']);
    expect(await read(`commitments/${lapsing}`)).toMatchObject({ status: 'agreed' });
  });
});

describe('one person', () => {
  test('does not turn a key on what they claimed or wrote, under whichever of their grants', async () => {
    const key = await api.key({ role: 'recorder', dialogue: 'talks' });
    const grants = api.app.get(Grants);
    for (const role of ['desk-officer', 'secretariat', 'co-chair'] as const)
      await grants.give(subjectOf(key), { role, party: 'IN', dialogue: 'talks' });
    const id = fresh();
    await done('POST', 'commitments', { ...promise, id }, key);
    const { text } = (await read(`commitments/${id}`)) as { text: { digest: string } };
    expect(
      await refused(
        'POST',
        `commitments/${id}/text-confirmations`,
        { party: 'IN', textDigest: text.digest },
        key,
      ),
    ).toEqual([403, 'own-text']);
    await done('PUT', `commitments/${id}/agreement`, minutes);
    await claim(id, 'IN', key);
    await claim(id, 'JP', api.desk);
    expect(await refused('POST', `commitments/${id}/attestations`, await attestation(id, 'IN'), key)).toEqual(
      [403, 'own-claim'],
    );
  });

  test('does not speak for two parties, though they were granted both one after the other', async () => {
    const grants = api.app.get(Grants);
    const subject = subjectOf(indian.deputy);
    for (const role of ['secretariat', 'co-chair'] as const)
      await expect(grants.give(subject, { role, party: 'JP', dialogue: 'talks' })).rejects.toMatchObject({
        code: 'speaks-for-another-party',
      });
    const oidc = `oidc-${'0'.repeat(64)}`;
    const given = await Promise.allSettled(
      ['IN', 'JP', 'IN', 'JP'].map((party) => grants.give(oidc, { role: 'secretariat', party })),
    );
    const parties = new Set(
      given.map(({ status }, index) => status === 'fulfilled' && ['IN', 'JP'][index % 2]).filter(Boolean),
    );
    expect(parties.size).toBe(1);
  });
});

describe('an owner', () => {
  const later = { due: { precision: 'day', day: '2031-12-31' } };
  const dueOf = async (id: string) => {
    const { due, dueHistory } = (await read(`commitments/${id}`)) as {
      due: { window?: { end: string } };
      dueHistory: { changes: { how: string }[] };
    };
    return [due.window?.end, dueHistory.changes.map(({ how }) => how)];
  };

  test.each(['joint', 'unilateral'])(
    'does not move the date of a %s commitment, by whatever route, citing whatever of its own',
    async (nature) => {
      const id = fresh();
      await agreed(id, {
        ...(nature === 'unilateral' && promised),
        due: { precision: 'day', day: '2030-06-30' },
      });
      const parts = [fresh(), fresh()];
      for (const part of parts) await agreed(part, { ...(nature === 'unilateral' && promised), ...later });
      const holds = ['2030-06-30', ['agreed']];
      const why = { reason: 'We need it' };
      for (const key of Object.values(indian)) {
        for (const cited of [{}, ownPaper]) {
          for (const [method, path, body] of [
            ['PUT', 'due-date', later],
            ['PUT', 'due-date', { due: { precision: 'none' } }],
            ['POST', 'due-date-resolutions', { happenedOn: '2026-01-01' }],
            ['POST', 'earlier-due-dates', later],
            ['POST', 'earlier-due-dates', { due: { precision: 'day', day: '2030-06-29' } }],
            ['POST', 'extension-requests', { party: 'IN', ...later, reasonCode: 'counterpart-not-ready' }],
            ['POST', 'extension-grants', { party: 'IN' }],
            ['POST', 'extension-grants', { party: 'JP' }],
            ['POST', 'corrections', { changes: later, ...why }],
            ['POST', 'corrections', { changes: { text: { en: 'Some day.' } }, ...later, ...why }],
            ['POST', 'amendments', { from: '2026-01-01', changes: later }],
            ['POST', 'reopenings', { ...later, ...why }],
            ['PUT', 'split', { into: parts }],
            ['PUT', 'merger', { into: parts[0] }],
            ['PUT', 'supersession', { by: parts }],
            ['POST', 'reaffirmations', {}],
          ] as const) {
            const { status } = await ask(method, `commitments/${id}/${path}`, { ...body, ...cited }, key);
            expect([path, status < 500]).toEqual([path, true]);
          }
        }
      }
      expect(await dueOf(id)).toEqual(holds);
      expect(await read(`commitments/${id}`)).toMatchObject({ status: 'agreed', successors: [] });
      // Nor by ending it and taking it up again.
      await done('PUT', `commitments/${id}/withdrawal`, { party: 'IN', ...why }, indian.secretariat);
      for (const cited of [{}, ownPaper])
        await ask('POST', `commitments/${id}/reopenings`, { ...later, ...why, ...cited }, indian.secretariat);
      expect(await dueOf(id)).toEqual(holds);
    },
  );

  test('does not move the day of the event that its date waits for', async () => {
    const id = fresh();
    const due = { precision: 'event-bound', event: { en: 'Signature' }, withinDays: 60 };
    await agreed(id, { ...promised, due });
    await done('POST', `commitments/${id}/due-date-resolutions`, { happenedOn: '2026-01-01' }, api.recorder);
    for (const cited of [{}, ownPaper])
      expect(
        await refused(
          'POST',
          `commitments/${id}/due-date-resolutions`,
          { happenedOn: '2026-09-01', ...cited },
          indian.secretariat,
        ),
      ).toEqual([409, 'event-has-happened', '/happenedOn']);
    expect((await dueOf(id))[0]).toBe('2026-03-02');
  });
});

describe('a key', () => {
  test('does not outlive the evidence that it was turned on: nothing is verified by what was shown before', async () => {
    const id = fresh();
    await agreed(id);
    await claim(id, 'IN', indian.desk);
    await claim(id, 'JP', api.desk);
    const before = await attestation(id, 'IN');
    await done('POST', `commitments/${id}/attestations`, await attestation(id, 'JP'), api.secretariat.JP);
    await done('POST', `commitments/${id}/evidence`, evidenceOf('IN', 'more'), indian.desk);
    expect(await refused('POST', `commitments/${id}/attestations`, before, indian.secretariat)).toEqual([
      409,
      'claim-changed',
      '/claimDigest',
    ]);
    expect(await shownOf(id)).toMatchObject({ keysTurned: [], keysStale: ['JP'] });
    await done('POST', `commitments/${id}/attestations`, await attestation(id, 'IN'), indian.secretariat);
    await done(
      'POST',
      `commitments/${id}/evidence-withdrawals`,
      { party: 'IN', evidence: 'more', reason: 'Wrong file' },
      indian.desk,
    );
    // The bytes are those of before: the keys are stale all the same.
    expect(await shownOf(id)).toMatchObject({ claimDigest: before.claimDigest, keysTurned: [] });
    await done('POST', `commitments/${id}/attestations`, await attestation(id, 'JP'), api.secretariat.JP);
    expect(await read(`commitments/${id}`)).toMatchObject({ status: 'delivery-claimed' });
    await done('POST', `commitments/${id}/attestations`, await attestation(id, 'IN'), indian.secretariat);
    expect(await read(`commitments/${id}`)).toMatchObject({ status: 'verified' });
  });

  test('is not turned by silence, nor is anything else decided by the clock', async () => {
    const id = fresh();
    await agreed(id, { due: { precision: 'day', day: '2025-06-30' } });
    const open = fresh();
    await agreed(open, { due: { precision: 'day', day: '2025-06-30' } });
    await claim(id, 'IN', indian.desk);
    await claim(id, 'JP', api.desk);
    const clock = jest.spyOn(api.clock, 'now').mockReturnValue('2046-01-01T00:00:00.000Z');
    await api.views.haveReached('talks', 1, 1000);
    const [claimed, late] = [await read(`commitments/${id}`), await read(`commitments/${open}`)];
    clock.mockRestore();
    expect(claimed).toMatchObject({ status: 'delivery-claimed', delivery: { keysTurned: [] } });
    expect(late).toMatchObject({ status: 'agreed', timeliness: { is: 'overdue' } });
    const actors = (await history(id)).map(({ actor }) => actor.role);
    expect(actors).not.toContain('system');
  });
});

describe('the code of a focus area', () => {
  const area = (code: string) => ({ code, names: { en: code } });
  test.each([
    ['retirement', { reason: 'Closed' }],
    ['merger', { into: 'SC' }],
    ['split', { into: ['SC', 'TECH'] }],
  ])('is not used again after its %s, by any of fifty who try', async (ending, body) => {
    const code = `OLD-${ending}`;
    await ask('POST', 'focus-areas', area('TECH'));
    await done('POST', 'focus-areas', area(code));
    await done('PUT', `focus-areas/${code}/${ending}`, body);
    const tries = await Promise.all(Array.from({ length: 50 }, () => ask('POST', 'focus-areas', area(code))));
    expect(new Set(tries.map(({ status, body: { type } }) => `${status} ${String(type)}`))).toEqual(
      new Set(['409 urn:pacta:problem:focus-area-code-taken']),
    );
  });

  test('is not merged into one that is merged into it, though both are asked at once', async () => {
    for (let time = 0; time < 5; time++) {
      const [one, other] = [`X-${time}`, `Y-${time}`];
      for (const code of [one, other]) await done('POST', 'focus-areas', area(code));
      const answers = await Promise.all([
        ask('PUT', `focus-areas/${one}/merger`, { into: other }),
        ask('PUT', `focus-areas/${other}/merger`, { into: one }),
      ]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    }
  });
});

describe('supersession', () => {
  const successorsOf = async (id: string) =>
    ((await read(`commitments/${id}`)) as { successors: string[] }).successors;
  const leadsBack = async (from: string): Promise<boolean> => {
    const seen = new Set<string>();
    const queue = await successorsOf(from);
    for (const id of queue) {
      if (id === from) return true;
      if (!seen.has(id)) queue.push(...(await successorsOf(id)));
      seen.add(id);
    }
    return false;
  };
  const supersede = (id: string, by: string[]) =>
    ask('PUT', `commitments/${id}/supersession`, { by, ...minutes });

  test('does not lead back by way of mergers, splits and reopenings', async () => {
    const [a, b, c, e] = [fresh(), fresh(), fresh(), fresh()] as [string, string, string, string];
    for (const id of [a, b, c, e]) await agreed(id);
    expect(await refused('PUT', `commitments/${a}/supersession`, { by: [a], ...minutes })).toEqual([
      409,
      'supersession-cycle',
      '/by/0',
    ]);
    await done('PUT', `commitments/${a}/merger`, { into: b, ...minutes });
    await done('PUT', `commitments/${b}/split`, { into: [c, e], ...minutes });
    for (const [path, body, pointer] of [
      ['supersession', { by: [a] }, '/by/0'],
      ['supersession', { by: [e, b] }, '/by/1'],
      ['merger', { into: a }, '/into'],
      ['split', { into: [e, a] }, '/into/1'],
    ] as const)
      expect(await refused('PUT', `commitments/${c}/${path}`, { ...body, ...minutes })).toEqual([
        409,
        'supersession-cycle',
        pointer,
      ]);
    // Taken up again, the first leads nowhere: what led on from it may lead to it now, and then it leads back no more.
    await done('POST', `commitments/${a}/reopenings`, {
      due: { precision: 'none' },
      reason: 'Wanted',
      ...minutes,
    });
    await done('PUT', `commitments/${c}/supersession`, { by: [a], ...minutes });
    expect(await refused('PUT', `commitments/${a}/supersession`, { by: [b], ...minutes })).toEqual([
      409,
      'supersession-cycle',
      '/by/0',
    ]);
    for (const id of [a, b, c, e]) expect([id, await leadsBack(id)]).toEqual([id, false]);
  });

  test('does not lead back where each is superseded by the other at the same moment', async () => {
    for (let time = 0; time < 5; time++) {
      const [a, b, c] = [fresh(), fresh(), fresh()] as [string, string, string];
      for (const id of [a, b, c]) await agreed(id);
      const pair = time % 2 === 0;
      const answers = await Promise.all(
        pair
          ? [supersede(a, [b]), supersede(b, [a])]
          : [supersede(a, [b]), supersede(b, [c]), supersede(c, [a])],
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
      expect(statuses).toContain(200);
      for (const id of [a, b, c]) expect([id, await leadsBack(id)]).toEqual([id, false]);
    }
  });
});

test('"Q4 2025" without a calendar is refused wherever a date is said', async () => {
  const due = { precision: 'quarter', quarter: '2025-Q4' };
  const [id, over] = [fresh(), fresh()] as [string, string];
  await agreed(id, { due: { precision: 'day', day: '2026-09-30' } });
  await agreed(over);
  for (const party of ['IN', 'JP'] as const)
    await done('PUT', `commitments/${over}/withdrawal`, { party, reason: 'Over' }, api.secretariat[party]);
  for (const [method, path, body, key] of [
    ['POST', 'commitments', promise, api.recorder],
    ['PUT', `commitments/${id}/due-date`, minutes, api.recorder],
    ['POST', `commitments/${id}/earlier-due-dates`, minutes, api.recorder],
    ['POST', `commitments/${over}/reopenings`, { reason: 'Wanted', ...minutes }, api.recorder],
    [
      'POST',
      `commitments/${id}/extension-requests`,
      { party: 'IN', reasonCode: 'legal-or-treaty-step' },
      indian.desk,
    ],
  ] as const)
    expect([path, await refused(method, path, { ...body, due }, key)]).toEqual([
      path,
      [400, 'calendar-missing', '/due/calendar'],
    ]);
});

describe('of fifty at once that cannot all be', () => {
  const outcome = async (asked: Promise<{ status: number }>[]) => {
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    return {
      won: statuses.filter((status) => status < 300).length,
      others: [...new Set(statuses.filter((status) => status >= 300))].toSorted((a, b) => a - b),
    };
  };
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const claimed = async () => {
    const id = fresh();
    await agreed(id, promised);
    await claim(id, 'IN', indian.desk);
    return id;
  };

  test('one claim is made, and one key turned', async () => {
    const id = fresh();
    await agreed(id, promised);
    await done('POST', `commitments/${id}/evidence`, evidenceOf('IN', 'map-IN'), indian.desk);
    const claiming = { party: 'IN', evidence: ['map-IN'] };
    expect(
      await outcome(times(50, () => ask('POST', `commitments/${id}/delivery-claims`, claiming, indian.desk))),
    ).toEqual({ won: 1, others: [409] });
    const attesting = await attestation(id, 'JP');
    expect(
      await outcome(
        times(50, () => ask('POST', `commitments/${id}/attestations`, attesting, api.secretariat.JP)),
      ),
    ).toEqual({ won: 1, others: [409] });
    expect((await history(id)).filter(({ type }) => type === 'CommitmentVerified')).toHaveLength(1);
  });

  test.each([false, true])(
    'it is verified or withdrawn or declined, and only one of these (If-Match: %s)',
    async (conditional) => {
      const id = await claimed();
      const attesting = await attestation(id, 'JP');
      const { etag } = await api.ask('GET', `${d}/commitments/${id}`);
      const headers: Record<string, string> = conditional ? { 'if-match': etag } : {};
      const send = (method: 'POST' | 'PUT', path: string, body: object, key: string) =>
        api.ask(method, `${d}/commitments/${id}/${path}`, { key, body, headers });
      const { won, others } = await outcome(
        times(50, (index) =>
          index % 2 === 0
            ? send('POST', 'attestations', attesting, api.secretariat.JP)
            : send('PUT', 'withdrawal', { party: 'IN', reason: 'Not needed' }, indian.secretariat),
        ),
      );
      expect(won).toBe(1);
      expect(others.every((status) => status === 409 || status === 412)).toBe(true);
      const ends = (await history(id)).filter(({ type }) =>
        ['CommitmentVerified', 'CommitmentWithdrawn'].includes(type),
      );
      expect(ends).toHaveLength(1);
    },
  );
});
