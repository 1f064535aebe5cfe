import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScimServer } from '../../../tests/fakes/scim-servers/start-scim-server.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { openConnection } from '../open-connection.ts';
import { startDueSyncs } from './start-sync.ts';

type Options = NonNullable<Parameters<typeof startScimServer>[0]>;

async function withServer(t: { after(work: () => Promise<void>): void }, options: Options = {}) {
  const server = await startScimServer({ users: 60, ...options });
  t.after(() => server.stop());
  const world = await openWorld(t, { env: { GROUNDCREW_ALLOW_PRIVATE: `127.0.0.1:${server.port}` } });
  return { server, world };
}

const connect = async (world: World, baseUrl: string, more: object = {}) => {
  const made = await world.owner('post', '/connections', {
    appName: 'Chat',
    connector: 'scim',
    settings: { baseUrl },
    secrets: { token: 'test-token' },
    ...more,
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  return made.body as { connectionId: string; appId: string };
};

const sync = async (world: World, appId: string) => {
  const started = await world.owner('post', `/apps/${appId}/sync`);
  assert.equal(started.status, 200, JSON.stringify(started.body));
  await world.drain();
  return (await world.owner('get', `/syncs/${started.body.syncId}`)).body;
};

test('an app is connected, tested in plain words, read with counts, and its secret never comes back', async (t) => {
  const { server, world } = await withServer(t);
  const trial = await world.owner('post', '/connections/test', {
    connector: 'scim',
    settings: { baseUrl: server.baseUrl },
    secrets: { token: 'wrong' },
  });
  assert.equal(trial.body.ok, false);
  assert.match(JSON.stringify(trial.body.checks), /does not accept the credential \(401\)/);
  const { connectionId, appId } = await connect(world, server.baseUrl);
  const tested = await world.owner('post', `/connections/${connectionId}/test`, {});
  assert.equal(tested.body.ok, true);
  const done = await sync(world, appId);
  assert.deepEqual([done.status, done.counts.added, done.counts.read], ['done', 60, 60]);
  const app = (await world.owner('get', `/apps/${appId}`)).body;
  assert.deepEqual([app.writer, app.accounts], ['connection', 60]);
  const again = await sync(world, appId);
  assert.deepEqual([again.counts.added, again.counts.changed, again.counts.unchanged], [0, 0, 60]);
  const shown = JSON.stringify([
    (await world.owner('get', '/connections')).body,
    (await world.owner('get', `/connections/${connectionId}`)).body,
  ]);
  assert.doesNotMatch(shown, /test-token/);
  assert.match(shown, /"hasSecrets":true/);
});

test('a group that nobody is in yet is known after a reading, and a rule can give it', async (t) => {
  const { server, world } = await withServer(t, { users: [{ userName: 'ada@acme.example', groups: ['Ledger'] }] });
  const emptied = await fetch(`${server.baseUrl}/Groups/${server.groups()[0]!.id}`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'members', value: [] }],
    }),
  });
  assert.equal(emptied.status, 200);
  const { appId } = await connect(world, server.baseUrl);
  assert.equal((await sync(world, appId)).status, 'done');
  const { rows } = (await world.owner('get', `/apps/${appId}/entitlements`)).body;
  assert.deepEqual([rows[0].kind, rows[0].name, rows[0].holders], ['group', 'Ledger', 0]);
  const grants = [{ appId, entitlement: 'Ledger' }];
  await world.owner('post', '/access-rules', { name: 'All', when: 'true', grants });
  assert.equal((await world.owner('get', '/access-rules')).body.rows[0].grants[0].known, true);
});

test('settings that lead to another host need the secret again, and it never travels there', async (t) => {
  const { server, world } = await withServer(t);
  const other = await startScimServer({ users: 1 });
  t.after(() => other.stop());
  const { connectionId } = await connect(world, server.baseUrl);
  for (const [method, path] of [
    ['PATCH', `/connections/${connectionId}`],
    ['post', `/connections/${connectionId}/test`],
  ] as const) {
    const refused = await world.owner(method, path, { settings: { baseUrl: other.baseUrl } });
    assert.deepEqual([refused.status, refused.body.code], [422, 'secrets_needed']);
  }
  assert.equal(other.requests.length, 0);
});

test('pages that end early are held, nobody is touched, and a person decides', async (t) => {
  const { server, world } = await withServer(t);
  const { appId } = await connect(world, server.baseUrl);
  await sync(world, appId);
  server.behave({ truncateAfter: 20 });
  world.clock.advance({ minutes: 10 });
  const held = await sync(world, appId);
  assert.equal(held.status, 'held');
  assert.match(held.heldReasons.join(' '), /Read 20 of 60 accounts: the pages ended early.* 40 of 60 people/);
  assert.equal(held.counts.gone, 40);
  assert.equal((await world.owner('get', `/apps/${appId}`)).body.accounts, 60);
  const confirmed = await world.owner('post', `/syncs/${held.id}/confirm`, { declaredComplete: false });
  assert.deepEqual([confirmed.body.status, confirmed.body.counts.gone], ['done', 0]);
  assert.equal((await world.owner('get', `/apps/${appId}`)).body.accounts, 60);
  server.behave({});
  assert.equal((await sync(world, appId)).status, 'done');
});

test('an app that suddenly shows few of its accounts is held; a newer good reading takes the place', async (t) => {
  const { server, world } = await withServer(t);
  const { appId } = await connect(world, server.baseUrl);
  await sync(world, appId);
  for (const user of server.users().slice(0, 10))
    await fetch(`${server.baseUrl}/Users/${user.id}`, { method: 'DELETE', headers: { authorization: 'Bearer test-token' } });
  world.clock.advance({ minutes: 10 });
  const held = await sync(world, appId);
  assert.equal(held.status, 'held');
  assert.match(held.heldReasons[0], /10 of 60 people/);
  assert.equal((await world.owner('get', `/apps/${appId}`)).body.gone, 0);
  world.clock.advance({ minutes: 10 });
  const second = await sync(world, appId);
  assert.equal(second.status, 'held');
  assert.equal((await world.owner('get', `/syncs/${held.id}`)).body.status, 'discarded');
  const done = await world.owner('post', `/syncs/${second.id}/confirm`, { declaredComplete: true });
  assert.deepEqual([done.body.status, done.body.counts.gone], ['done', 10]);
});

test('an app that is down or forgets the credential makes the connection fail in words, and changes nothing', async (t) => {
  const { server, world } = await withServer(t);
  const { connectionId, appId } = await connect(world, server.baseUrl);
  await sync(world, appId);
  await world.owner('PATCH', `/connections/${connectionId}`, { secrets: { token: 'withdrawn-token' } });
  const failed = await sync(world, appId);
  assert.equal(failed.status, 'failed');
  assert.match(failed.problem, /does not accept the credential \(401\).*Nothing was changed\.$/);
  const connection = (await world.owner('get', `/connections/${connectionId}`)).body;
  assert.equal(connection.status, 'failing');
  assert.doesNotMatch(JSON.stringify(connection), /withdrawn-token/);
  assert.equal((await world.owner('get', `/apps/${appId}`)).body.accounts, 60);
  await world.owner('PATCH', `/connections/${connectionId}`, { secrets: { token: 'test-token' } });
  assert.equal((await sync(world, appId)).status, 'done');
  assert.equal((await world.owner('get', `/connections/${connectionId}`)).body.status, 'healthy');
});

test('a sync left half-way begins anew and takes everything in once', async (t) => {
  const { server, world } = await withServer(t);
  const { appId } = await connect(world, server.baseUrl, { settings: { baseUrl: server.baseUrl, pageSize: 10 } });
  const started = await world.owner('post', `/apps/${appId}/sync`);
  const { syncId } = started.body;
  assert.equal((await world.owner('post', `/apps/${appId}/sync`)).body.syncId, syncId);
  await world.run(async (ctx) => {
    await ctx.db
      .updateTable('connections_syncs')
      .set({ status: 'running', attempt: 1, as_of: ctx.now.toString(), started_at: ctx.now.toString() })
      .execute();
    await ctx.db
      .insertInto('connections_sync_records')
      .values({ organization_id: ctx.organizationId, sync_id: syncId, number: 1, record: JSON.stringify({ externalId: 'stale' }) })
      .execute();
  });
  await world.drain();
  const done = (await world.owner('get', `/syncs/${syncId}`)).body;
  assert.deepEqual([done.status, done.counts.added], ['done', 60]);
});

test('syncs start by themselves when they are due, and not while paused', async (t) => {
  const { server, world } = await withServer(t);
  const { connectionId, appId } = await connect(world, server.baseUrl, { syncEveryMinutes: 60 });
  await startDueSyncs(world.platform, world.organizationId);
  assert.equal((await world.owner('get', '/syncs')).body.total, 0);
  world.clock.advance({ minutes: 61 });
  const { rows } = await world.platform.jobsPool.query('select organization_id, what from due_organizations($1)', [
    world.clock.now().toString(),
  ]);
  assert.deepEqual(rows, [{ organization_id: world.organizationId, what: 'syncs' }]);
  await startDueSyncs(world.platform, world.organizationId);
  await world.drain();
  assert.equal((await world.owner('get', '/syncs')).body.rows[0].status, 'done');
  await world.owner('post', `/connections/${connectionId}/pause`);
  world.clock.advance({ minutes: 61 });
  await startDueSyncs(world.platform, world.organizationId);
  assert.equal((await world.owner('get', '/syncs')).body.total, 1);
  assert.equal(await openConnection(world.platform, world.organizationId, appId), null);
  assert.equal((await world.owner('post', `/apps/${appId}/sync`)).status, 409);
});

test('an app owner reads and decides about their own apps only', async (t) => {
  const { server, world } = await withServer(t);
  const mine = await connect(world, server.baseUrl);
  const other = (await world.owner('post', '/apps', { name: 'Other' })).body.appId;
  const { addPerson } = await import('../../people/index.ts');
  const personId = await world.run((ctx) => addPerson(ctx, { givenName: 'Noor', familyName: 'Haddad' }));
  const owner = await world.as(['app-owner'], { personId });
  await world.owner('PATCH', `/apps/${mine.appId}`, { ownerPersonId: personId });
  assert.equal((await owner('get', '/apps')).body.total, 1);
  assert.equal((await owner('get', `/apps/${mine.appId}/accounts`)).status, 200);
  assert.equal((await owner('get', `/apps/${other}`)).status, 404);
  assert.equal((await owner('get', `/apps/${other}/syncs`)).status, 404);
  assert.equal((await owner('get', `/connections/${mine.connectionId}`)).status, 200);
  assert.equal((await owner('post', `/apps/${other}/lists?fileName=a.csv`, new TextEncoder().encode('Email\na@b.example\n'))).status, 404);
  assert.equal((await owner('PATCH', `/apps/${mine.appId}`, { capability: 'x' })).status, 403);
});
