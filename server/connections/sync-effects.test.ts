import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../tests/world.ts';
import { addPerson } from '../people/index.ts';

const csv = (...lines: string[]) => new TextEncoder().encode(`${['Email;Name;Status', ...lines].join('\r\n')}\r\n`);

const upload = async (world: World, appId: string | null, ...lines: string[]) => {
  const place = appId === null ? '/apps/from-list?name=Chat&fileName=first.csv' : `/apps/${appId}/lists?fileName=second.csv`;
  const uploaded = await world.owner('post', place, csv(...lines));
  assert.equal(uploaded.status, 200, JSON.stringify(uploaded.body));
  return uploaded.body as { id: string; appId: string; counts: Record<string, number> };
};

async function twoLists(world: World) {
  await world.run(async (ctx) => {
    await addPerson(ctx, { givenName: 'Maya', familyName: 'Ortiz', workAddress: 'maya@acme.example' });
    await addPerson(ctx, { givenName: 'Noor', familyName: 'Haddad', workAddress: 'noor@acme.example' });
  });
  const first = await upload(world, null, 'maya@acme.example;Maya;active', 'owen@acme.example;Owen;active', 'ida@acme.example;Ida;active');
  await world.owner('post', `/syncs/${first.id}/confirm`, { declaredComplete: true });
  world.clock.advance({ minutes: 10 });
  return upload(world, first.appId, 'owen@acme.example;Owen;suspended', 'ida@acme.example;Ida;active', 'noor@acme.example;Noor;active');
}

test('each number of a list that waits opens its accounts, with whose they are, and nothing is changed by looking', async (t) => {
  const world = await openWorld(t);
  const list = await twoLists(world);
  const show = async (what: string) => (await world.owner('get', `/syncs/${list.id}/effects?show=${what}`)).body;
  const [gone, fresh, changed, same] = [await show('gone'), await show('new'), await show('changed'), await show('same')];
  assert.deepEqual([gone.total, fresh.total, changed.total, same.total], [1, 1, 1, 1]);
  const { counts } = list;
  assert.deepEqual([counts.gone, counts.added, counts.changed, counts.unchanged], [1, 1, 1, 1]);
  assert.deepEqual([gone.rows[0].account, gone.rows[0].person, gone.rows[0].state], ['maya@acme.example', 'Maya Ortiz', 'fine']);
  assert.deepEqual([fresh.rows[0].account, fresh.rows[0].person, fresh.rows[0].state], ['noor@acme.example', 'Noor Haddad', null]);
  assert.deepEqual(changed.rows[0].changes, [{ field: 'status', from: 'active', to: 'suspended' }]);
  assert.equal(same.rows[0].account, 'ida@acme.example');
  const app = (await world.owner('get', `/apps/${list.appId}`)).body;
  assert.deepEqual([app.accounts, app.suspended, app.gone], [3, 0, 0]);
  assert.equal((await world.owner('get', `/syncs/${list.id}`)).body.status, 'preview');
});

test('the accounts come in pages', async (t) => {
  const world = await openWorld(t);
  const lines = Array.from({ length: 5 }, (_, index) => `u${index}@acme.example;U ${index};active`);
  const first = await upload(world, null, ...lines);
  const page = async (offset: number) => (await world.owner('get', `/syncs/${first.id}/effects?show=new&limit=2&offset=${offset}`)).body;
  const [one, last] = [await page(0), await page(4)];
  assert.deepEqual([one.rows.length, one.total, one.nextOffset], [2, 5, 2]);
  assert.deepEqual([last.rows.length, last.nextOffset], [1, null]);
  assert.equal((await world.owner('get', `/syncs/${first.id}/effects?limit=201`)).status, 422);
});

test('who may not see the reading sees none of its accounts, and what was decided is not foretold', async (t) => {
  const world = await openWorld(t);
  const list = await twoLists(world);
  assert.equal((await (await world.as(['employee']))('get', `/syncs/${list.id}/effects`)).status, 403);
  assert.equal((await (await world.as(['app-owner']))('get', `/syncs/${list.id}/effects`)).status, 404);
  await world.owner('post', `/syncs/${list.id}/confirm`, { declaredComplete: false });
  const decided = await world.owner('get', `/syncs/${list.id}/effects`);
  assert.deepEqual([decided.status, decided.body.code], [409, 'nothing_waits']);
});

test('a list that is too old to be confirmed tells nothing: what it said is forgotten, and nobody may be taken for gone', async (t) => {
  const world = await openWorld(t);
  const list = await twoLists(world);
  world.clock.advance({ hours: 24 * 30 });
  const answer = await world.owner('get', `/syncs/${list.id}/effects`);
  assert.deepEqual([answer.status, answer.body.code], [409, 'too_old']);
});
