import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../../tests/world.ts';
import { sql } from '../../platform/database.ts';
import { permissions } from '../../routes.ts';
import { viewLists } from './view-lists.ts';

type Caller = World['owner'];
const keep = (caller: Caller, view: Record<string, unknown>) =>
  caller('post', '/views', { list: 'people', query: { department: 'x', sort: 'name' }, shared: false, ...view });
const names = async (caller: Caller, list = 'people') =>
  (await caller('get', `/views?list=${list}`)).body.rows.map(
    (row: { name: string; shared: boolean }) => `${row.name}${row.shared ? ' (all)' : ''}`,
  );

test('a view is one’s own, or for everybody where that is allowed; nobody changes the views of others', async (t) => {
  const world = await openWorld(t);
  const [ops, hr] = [await world.as(['ops']), await world.as(['hr'])];
  const mine = await keep(hr, { name: 'Mine' });
  assert.equal(mine.status, 200, JSON.stringify(mine.body));
  const all = await keep(ops, { name: 'All', shared: true });
  assert.deepEqual(await names(hr), ['All (all)', 'Mine']);
  assert.deepEqual(await names(ops), ['All (all)']);
  assert.deepEqual(await names(hr, 'apps'), []);
  assert.equal((await keep(hr, { name: 'Shared', shared: true })).status, 403);
  assert.equal((await hr('delete', `/views/${all.body.viewId}`)).status, 403);
  assert.equal((await keep(hr, { name: 'Taken over', viewId: all.body.viewId })).status, 403);
  assert.equal((await ops('delete', `/views/${mine.body.viewId}`)).status, 404, 'as if it were not there');
  const { rows } = (await hr('get', '/views?list=people')).body;
  assert.deepEqual(
    rows.map((row: { mayChange: boolean }) => row.mayChange),
    [false, true],
  );
  assert.deepEqual(rows[1].query, { department: 'x', sort: 'name' });
  assert.equal((await hr('delete', `/views/${mine.body.viewId}`)).status, 204);
  assert.deepEqual(await names(hr), ['All (all)']);
  const events = (await world.owner('get', '/audit')).body.rows.map(({ action }: { action: string }) => action);
  assert.deepEqual(
    events.filter((action: string) => action.startsWith('view.')),
    ['view.removed', 'view.kept', 'view.kept'],
  );
});

test('keeping again under a name replaces what was kept, and by its id also changes the name', async (t) => {
  const world = await openWorld(t);
  const first = (await keep(world.owner, { name: 'Lab' })).body.viewId;
  const again = await keep(world.owner, { name: 'LAB', query: { find: 'x' } });
  assert.equal(again.body.viewId, first);
  const renamed = await keep(world.owner, { name: 'Laboratory', viewId: first, query: { find: 'x' }, shared: true });
  assert.equal(renamed.body.viewId, first);
  assert.deepEqual(await names(world.owner), ['Laboratory (all)']);
  await keep(world.owner, { name: 'Lab', shared: true });
  const taken = await keep(world.owner, { name: 'lab', viewId: first, shared: true });
  assert.deepEqual([taken.status, taken.body.problems[0].field], [409, 'name']);
});

test('who cannot read a list neither sees nor keeps views of it, and every list names a permission that is declared', async (t) => {
  const world = await openWorld(t);
  await keep(world.owner, { name: 'Changes', list: 'audit', shared: true });
  const finance = await world.as(['finance']);
  assert.deepEqual(await names(finance, 'audit'), []);
  assert.equal((await keep(finance, { name: 'Changes', list: 'audit' })).status, 403);
  assert.equal((await keep(await world.as(['auditor']), { name: 'x' })).status, 403, 'an auditor changes nothing');
  assert.deepEqual(await names(await world.as(['auditor']), 'audit'), ['Changes (all)']);
  for (const permission of Object.values(viewLists)) assert.ok(Object.hasOwn(permissions, permission), permission);
});

test('what a view can hold is bounded', async (t) => {
  const world = await openWorld(t);
  const tries: Record<string, unknown>[] = [
    { name: '  ' },
    { name: 'x'.repeat(61) },
    { name: 'x', list: 'secrets' },
    { name: 'x', query: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 'v'])) },
    { name: 'x', query: { find: 'x'.repeat(501) } },
    { name: 'x', query: { 'a b': 'x' } },
    { name: 'x', query: { nested: { deep: 'x' } } },
  ];
  for (const view of tries) assert.equal((await keep(world.owner, view)).status, 422, JSON.stringify(view).slice(0, 80));
  for (let i = 0; i < 50; i++) assert.equal((await keep(world.owner, { name: `View ${i}` })).status, 200);
  const more = await keep(world.owner, { name: 'One more' });
  assert.deepEqual([more.status, more.body.code], [409, 'too_many_views']);
  assert.equal((await keep(world.owner, { name: 'view 7', query: {} })).status, 200, 'what is there can still be changed');
});

test('erasing a person removes the views that name them, and their own', async (t) => {
  const world = await openWorld(t);
  const add = async (givenName: string) =>
    (await world.owner('post', '/people', { givenName, familyName: 'Zwirnstein', startDate: '2024-01-01' })).body.id;
  const rohan = await add('Rohan');
  await add('Maya');
  const his = await world.as(['employee'], { personId: rohan });
  assert.equal((await keep(his, { name: 'My tasks', list: 'tasks' })).status, 200);
  await keep(world.owner, { name: 'Around Rohan Zwirnstein', shared: true });
  await keep(world.owner, { name: 'By search', query: { find: 'rohan zwirnstein' } });
  await keep(world.owner, { name: 'Around Maya Zwirnstein' });
  await world.owner('PATCH', `/people/${rohan}`, { lastWorkingDay: '2026-11-01' });
  const erased = await world.owner('post', `/people/${rohan}/erasure`, { evenThough: true });
  assert.equal(erased.status, 200, JSON.stringify(erased.body));
  const { rows } = await world.run((ctx) => sql<{ name: string }>`select name from identity_views`.execute(ctx.db));
  assert.deepEqual(rows, [{ name: 'Around Maya Zwirnstein' }]);
});
