import { readFileSync } from 'node:fs';
import { AppModule, type Parts } from '../../src/app.module.js';
import { createHttpApplication, describeApi } from '../../src/http/http-application.js';

test('openapi.json describes the API as it is (npm run openapi writes it anew)', async () => {
  const app = await createHttpApplication(AppModule.for('api', {} as Parts), 'error');
  const described = JSON.parse(JSON.stringify(describeApi(app))) as object;
  await app.close();
  expect(JSON.parse(readFileSync('openapi.json', 'utf8'))).toEqual(described);
});

test('every change is described with the body that it takes', () => {
  const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, { requestBody?: { content: object } }>>;
  };
  const changes = Object.entries(paths).flatMap(([path, methods]) =>
    ['post', 'put'].flatMap((method) => (methods[method] ? [{ path, method, ...methods[method] }] : [])),
  );
  expect(changes.length).toBeGreaterThan(15);
  expect(changes.filter(({ requestBody }) => !requestBody?.content).map(({ path }) => path)).toEqual([]);
});
