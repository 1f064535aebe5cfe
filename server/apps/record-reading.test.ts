import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountRecord } from '../../connectors/kit/index.ts';
import { openWorld, type World } from '../../tests/world.ts';
import { reactions } from '../jobs.ts';
import { addPerson, setLeavingDates } from '../people/index.ts';
import { reaction, registerReactions } from '../platform/events.ts';
import { addApp } from './add-app.ts';
import { accountReappeared } from './events.ts';
import { observeAccount } from './observe-account.ts';
import { recordReading } from './record-reading.ts';

const record = (externalId: string, more: Partial<AccountRecord> = {}): AccountRecord => ({
  externalId,
  userName: null,
  addresses: [`${externalId}@acme.example`],
  displayName: null,
  givenName: null,
  familyName: null,
  employeeNumber: null,
  status: 'active',
  isAdmin: null,
  isService: null,
  secondFactor: null,
  isExternal: null,
  lastActivityAt: null,
  entitlements: null,
  etag: null,
  ...more,
});

const read = (world: World, appId: string, asOf: string, records: AccountRecord[], complete = true) =>
  world.run((ctx) => recordReading(ctx, { appId, source: 'sync', label: 'Chat', asOf, complete, records }));

const accounts = (world: World, appId: string) =>
  world.run(async (ctx) => {
    const rows = await ctx.db.selectFrom('apps_accounts').selectAll().where('app_id', '=', appId).orderBy('external_id').execute();
    return Object.fromEntries(rows.map((row) => [row.external_id, row]));
  });

test('the same reading twice changes nothing, and rows in are new, changed, unchanged or refused', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  const grant = { externalId: 'r1', kind: 'role', name: 'Editor' };
  const list = [record('a', { entitlements: [grant] }), record('b', { status: null }), record('c', { isAdmin: true })];
  const first = await read(world, appId, '2026-11-20T10:00:00Z', list);
  assert.deepEqual([first.counts.rows, first.counts.added, first.counts.grantsAdded], [3, 3, 1]);
  const before = await accounts(world, appId);
  const second = await read(world, appId, '2026-11-20T11:00:00Z', list);
  assert.deepEqual([second.counts.added, second.counts.changed, second.counts.unchanged, second.counts.grantsAdded], [0, 0, 3, 0]);
  const after = await accounts(world, appId);
  for (const id of ['a', 'b', 'c'])
    assert.deepEqual(
      { ...after[id], observed_at: '', reading_id: '', status_observed_at: '', entitlements_observed_at: '' },
      { ...before[id], observed_at: '', reading_id: '', status_observed_at: '', entitlements_observed_at: '' },
    );
  const third = await read(world, appId, '2026-11-20T12:00:00Z', [record('a', { status: 'suspended' }), record('a'), ...list.slice(1)]);
  const { rows, added, changed, unchanged, refused } = third.counts;
  assert.deepEqual([rows, added + changed + unchanged + refused], [4, 4]);
});

test('absence ends an account only by a complete reading that is later than what is known of it', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  await read(world, appId, '2026-11-20T10:00:00Z', [record('a'), record('b'), record('c')]);
  await read(world, appId, '2026-11-20T11:00:00Z', [record('a')], false);
  assert.equal((await accounts(world, appId)).b!.status, 'active');
  await read(world, appId, '2026-11-20T09:00:00Z', [record('a')]);
  assert.equal((await accounts(world, appId)).b!.status, 'active');
  const done = await read(world, appId, '2026-11-20T12:00:00Z', [record('a'), record('c')]);
  assert.equal(done.counts.gone, 1);
  assert.equal((await accounts(world, appId)).b!.status, 'gone');
});

test('an older reading overwrites nothing and brings nobody back', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  await read(world, appId, '2026-11-20T10:00:00Z', [record('a', { status: 'suspended' })]);
  const older = await read(world, appId, '2026-11-19T10:00:00Z', [record('a'), record('b')]);
  assert.deepEqual([older.counts.unchanged, older.counts.added], [2, 0]);
  const now = await accounts(world, appId);
  assert.equal(now.a!.status, 'suspended');
  assert.equal(now.b, undefined);
});

test('what a reading does not say stays as it was known, and a list without status proves no suspension anew', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  await read(world, appId, '2026-11-20T10:00:00Z', [record('a', { status: 'suspended', isAdmin: true, displayName: 'Ann' })]);
  await read(world, appId, '2026-11-20T11:00:00Z', [record('a', { status: null })]);
  const { a } = await accounts(world, appId);
  assert.deepEqual([a!.status, a!.is_admin, a!.display_name, a!.status_observed_at], ['suspended', true, 'Ann', '2026-11-20T10:00:00Z']);
});

test('grants keep their origin, and go only with a complete reading', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  const [one, two] = [
    { externalId: 'r1', kind: 'role', name: 'Editor' },
    { externalId: 'g1', kind: 'group', name: 'Sales' },
  ];
  const grants = () =>
    world.run((ctx) =>
      ctx.db
        .selectFrom('apps_grants')
        .innerJoin('apps_entitlements', 'id', 'entitlement_id')
        .select(['name', 'origin'])
        .orderBy('name')
        .execute(),
    );
  await read(world, appId, '2026-11-20T10:00:00Z', [record('a', { entitlements: [one, two] })]);
  await world.run((ctx) => ctx.db.updateTable('apps_grants').set({ origin: 'request' }).execute());
  await read(world, appId, '2026-11-20T11:00:00Z', [record('a', { entitlements: [one] })], false);
  assert.equal((await grants()).length, 2);
  await read(world, appId, '2026-11-20T12:00:00Z', [record('a', { entitlements: [one] })]);
  assert.deepEqual(await grants(), [{ name: 'Editor', origin: 'request' }]);
});

test('an entitlement keeps its name when an account shows only its id, and takes a new name', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  const seat = (name: string) => ({ entitlements: [{ externalId: 'gold', kind: 'entitlement', name }] });
  const names = async (...shown: string[]) => {
    const at = world.clock.now().toString();
    world.clock.set(world.clock.now().add({ minutes: 1 }).toString());
    await read(
      world,
      appId,
      at,
      shown.map((name, index) => record(`p${index}`, seat(name))),
    );
    return (await world.owner('get', `/apps/${appId}/entitlements`)).body.rows.map(({ name }: { name: string }) => name);
  };
  assert.deepEqual(await names('gold'), ['gold']);
  assert.deepEqual(await names('Gold seat', 'gold', 'gold'), ['Gold seat']);
  assert.deepEqual(await names('gold', 'gold', 'gold'), ['Gold seat']);
  assert.deepEqual(await names('Platinum', 'gold', 'gold'), ['Platinum']);
});

test('an account known from lists is the same one when its app is read by another id', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  await read(world, appId, '2026-11-20T10:00:00Z', [record('ann@acme.example', { addresses: ['ann@acme.example'] })]);
  const before = Object.values(await accounts(world, appId));
  const next = await read(world, appId, '2026-11-20T11:00:00Z', [record('0815', { addresses: ['Ann@acme.example'] })]);
  const after = Object.values(await accounts(world, appId));
  assert.deepEqual([after.length, after[0]!.id, after[0]!.external_id], [1, before[0]!.id, '0815']);
  assert.deepEqual([next.counts.gone, next.facts.foundAgain], [0, 1]);
});

test('an account of somebody who has left that is active again is told, once', async (t) => {
  const world = await openWorld(t);
  const told: string[] = [];
  registerReactions([...reactions, reaction(accountReappeared, 'test.told', async (_ctx, { accountId }) => void told.push(accountId))]);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  await world.run(async (ctx) => {
    const id = await addPerson(ctx, { givenName: 'Ann', familyName: 'Lee', workAddress: 'ann@acme.example' });
    await setLeavingDates(ctx, id, { lastWorkingDay: '2026-11-20', cutOffLocal: null, cutOffZone: null });
  });
  await read(world, appId, '2026-11-25T10:00:00Z', [record('ann'), record('bob')]);
  await world.drain();
  assert.equal(told.length, 0);
  const { ann } = await accounts(world, appId);
  const seen = (status: 'active' | 'suspended', asOf: string) =>
    world.run((ctx) => observeAccount(ctx, { accountId: ann!.id, status, asOf, label: 'Read back from Chat', source: 'read-back' }));
  assert.equal((await seen('suspended', '2026-11-25T11:00:00Z')).status, 'suspended');
  await seen('active', '2026-11-25T10:30:00Z');
  assert.equal((await accounts(world, appId)).ann!.status, 'suspended');
  await read(world, appId, '2026-11-25T12:00:00Z', [record('ann'), record('bob')]);
  await read(world, appId, '2026-11-25T13:00:00Z', [record('ann'), record('bob')]);
  await world.drain();
  assert.deepEqual(told, [ann!.id]);
});

test('a decision of a person about an account outlives every reading', async (t) => {
  const world = await openWorld(t);
  const appId = await world.run((ctx) => addApp(ctx, { name: 'Chat' }));
  const [ann, bob] = await world.run(async (ctx) => [
    await addPerson(ctx, { givenName: 'Ann', familyName: 'Lee', workAddress: 'ann@acme.example' }),
    await addPerson(ctx, { givenName: 'Bob', familyName: 'May', workAddress: 'bob@acme.example' }),
  ]);
  await read(world, appId, '2026-11-20T10:00:00Z', [record('ann'), record('x1', { addresses: [], displayName: 'Bob May' })]);
  let now = await accounts(world, appId);
  assert.deepEqual([now.ann!.person_id, now.ann!.matched_how, now.x1!.person_id, now.x1!.suggested_person_id], [ann, 'address', null, bob]);
  assert.equal((await world.owner('post', `/accounts/${now.x1!.id}/match`, {})).status, 200);
  assert.equal((await world.owner('post', `/accounts/${now.ann!.id}/unmatch`, {})).status, 200);
  await read(world, appId, '2026-11-20T11:00:00Z', [record('ann'), record('x1', { addresses: [], displayName: 'Robert M' })]);
  now = await accounts(world, appId);
  assert.deepEqual(
    [now.ann!.person_id, now.ann!.suggested_person_id, now.x1!.person_id, now.x1!.matched_how],
    [null, null, bob, 'confirmed'],
  );
  assert.equal((await world.owner('post', `/accounts/${now.ann!.id}/service`, { ownerPersonId: bob })).status, 200);
  const services = await world.owner('get', `/apps/${appId}/accounts?show=service`);
  assert.match(services.body.rows[0].reason, /Bob May answers for it/);
});
