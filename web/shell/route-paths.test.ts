import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { routes } from '../../server/routes.ts';
import { routePathsText } from './route-paths-text.ts';

test('the page knows the method and path of every route as the server declares it now', async () => {
  const written = await readFile(new URL('./route-paths.gen.ts', import.meta.url), 'utf8');
  assert.equal(written, routePathsText(routes), 'route-paths.gen.ts is not fresh: node web/shell/generate-route-paths.ts');
});

test('a route that is exported under another name than its id is refused', () => {
  const getPerson = { id: 'getPerson', method: 'get', path: '/people/{id}' };
  assert.throws(() => routePathsText({ getOther: getPerson }), /getPerson is exported as getOther/);
  assert.match(routePathsText({ getPerson }), /getPerson: \['get', '\/people\/\{id\}'\],/);
});
