import { readFileSync } from 'node:fs';
import { AppModule, type Parts } from '../../src/app.module.js';
import { createHttpApplication, describeApi } from '../../src/http/http-application.js';

test('openapi.json describes the API as it is (npm run openapi writes it anew)', async () => {
  const app = await createHttpApplication(AppModule.for('api', {} as Parts), 'error');
  const described = JSON.parse(JSON.stringify(describeApi(app))) as object;
  await app.close();
  expect(JSON.parse(readFileSync('openapi.json', 'utf8'))).toEqual(described);
});
