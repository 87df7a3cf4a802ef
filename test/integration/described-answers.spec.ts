import { commitmentAnswerSchema, historyAnswer } from '../../src/http/commitment-schemas.js';
import { playDemo } from '../../src/records/demo.js';
import { openTestApi, type TestApi } from '../support/http.js';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await playDemo(api.commands, api.db, api.clock.now(), () => undefined);
  for (const { log_id, position } of await api.db.selectFrom('log_head').selectAll().execute()) {
    expect(await api.views.haveReached(log_id, position, 10_000)).toBe(true);
  }
});
afterAll(() => api.ending.now());

test.each(['india-japan-economic-security', 'example-clean-rivers'])(
  'commitments of %s and their histories are answered as the description of the API says, and with nothing besides',
  async (dialogue) => {
    const key = await api.key({ role: 'recorder' });
    const { body } = await api.ask('GET', `/v1/dialogues/${dialogue}/commitments?limit=500`, { key });
    const commitments = body.commitments as { id: string }[];
    expect(commitments.length).toBeGreaterThan(6);
    for (const commitment of commitments) {
      expect(commitmentAnswerSchema.safeParse(commitment).error?.issues).toBeUndefined();
      const described = Object.keys(commitmentAnswerSchema.shape);
      expect(Object.keys(commitment).filter((member) => !described.includes(member))).toEqual([]);
      const history = await api.ask('GET', `/v1/dialogues/${dialogue}/commitments/${commitment.id}/history`, {
        key,
      });
      expect(historyAnswer.safeParse(history.body).error?.issues).toBeUndefined();
    }
  },
);
