import type { Ground } from './ground.js';
import { load, type Request } from './http-load.js';
import { openPactaLog } from './pacta-log.js';
import { makePlainTable } from './plain-table.js';
import { makeKey, serveBareRoute, servePacta } from './processes.js';
import { proposed, quoting, report } from './record.js';
import type { Result } from './result.js';
import { alternate } from './rounds.js';
import { aldovias, dialogueOf, seed } from './seed.js';

const CONNECTIONS = 64;
const PLAN = { dialogues: 1, commitments: 500, events: 10 };

/** Whole changes over HTTP: a key is checked, a body validated, a decision made and appended, and all views show it. */
export async function post(ground: Ground): Promise<Result[]> {
  const database = await ground.pactaDatabase('post');
  await seed(openPactaLog(ground, database), PLAN);
  const key = await makeKey(database);
  const pacta = await servePacta(ground, database);
  const bare = await serveBareRoute(ground, await makePlainTable(ground, 'post_plain'));

  const { id: _chosen, ...proposal } = proposed('');
  const commitments = `/v1/dialogues/${dialogueOf(0)}/commitments`;
  const changes: readonly (Request & { readonly what: string; readonly body: object })[] = [
    {
      what: 'a progress report',
      method: 'POST',
      path: (count) => `${commitments}/${aldovias(count, PLAN.commitments)}/progress-reports`,
      body: report().data,
      key,
      status: 200,
    },
    {
      what: 'a new commitment',
      method: 'POST',
      path: () => commitments,
      body: { ...proposal, ...quoting },
      key,
      status: 201,
    },
  ];
  const results: Result[] = [];
  for (const { what, ...change } of changes) {
    const row: Request = { method: 'POST', path: () => '/rows', body: change.body, status: 201 };
    const ours = (seconds: number) => load(pacta, change, CONNECTIONS, seconds);
    const peer = (seconds: number) => load(bare, row, CONNECTIONS, seconds);
    results.push({
      what: `whole POST of ${what}, ${CONNECTIONS} connections`,
      against: 'a bare Fastify route with one INSERT',
      unit: '/s',
      compared: await alternate(ground.pace, ours, peer),
      wanted: { least: 0.5 },
    });
  }
  return results;
}
