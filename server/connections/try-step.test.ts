import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from '../../tests/fakes/vendors/http.ts';
import { fixtureSecret } from '../../tests/fakes/vendors/vendor-fixture.ts';
import { openWorld } from '../../tests/world.ts';

test('a description is tried step by step before and after it is saved; reads are made, changes only shown, and the secret never comes back', async (t) => {
  const vendor = await fixture.start({ accounts: 20 });
  t.after(() => vendor.server.stop());
  const world = await openWorld(t, { env: { GROUNDCREW_ALLOW_PRIVATE: new URL(vendor.server.address).host } });
  const input = { connector: 'http', settings: vendor.settings, secrets: vendor.secrets };
  const attempt = async (step: string, value = '', more: object = input) =>
    (await world.owner('post', '/connections/try', { ...more, step, value })).body;
  const list = await attempt('list');
  assert.equal(list.problem, null);
  assert.deepEqual([list.tried.ok, list.tried.request], [true, 'GET /api/v4/users']);
  assert.match(list.tried.understood.join(' '), /The first page holds 20\..*id: u0;.*status: active/);
  assert.deepEqual(
    list.steps.map(({ id }: { id: string }) => id),
    ['list', 'entitlements 0', 'find', 'read', 'suspend', 'restore', 'create', 'endSessions', 'grant team', 'revoke team'],
  );
  assert.equal((await attempt('find', 'person3@acme.example')).tried.ok, true);
  assert.equal((await attempt('read', 'nobody')).tried.ok, false);
  assert.match((await attempt('read')).problem, /Its id is needed/);
  const suspend = await attempt('suspend', 'u1');
  assert.match(suspend.tried.request, /PUT \/api\/v4\/users\/u1\/active\n\{\n {2}"active": false/);
  assert.deepEqual([suspend.tried.ok, vendor.server.changes().length], [null, 0]);
  const wrong = await attempt('list', '', { ...input, settings: { ...(vendor.settings as object), description: 'accounts: [' } });
  assert.match(wrong.problem, /line 1/);
  const denied = await attempt('list', '', { ...input, secrets: { secret: 'not-it' } });
  assert.match(denied.problem, /does not accept the credential/);
  const made = await world.owner('post', '/connections', { ...input, appName: 'Chat' });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const app = (await world.owner('get', `/apps/${made.body.appId}`)).body;
  assert.equal(app.writer, 'connection', 'what is described to suspend, is suspended over the connection');
  const kept = await attempt('list', '', { connectionId: made.body.connectionId });
  assert.equal(kept.tried.ok, true);
  const elsewhere = await world.owner('post', '/connections/try', {
    connectionId: made.body.connectionId,
    settings: { ...(vendor.settings as object), baseUrl: 'http://127.0.0.1:1' },
    step: 'list',
  });
  assert.equal(elsewhere.body.code, 'secrets_needed');
  assert.ok(!JSON.stringify([list, suspend, wrong, denied, kept]).includes(fixtureSecret));
  const reader = await world.as(['auditor']);
  assert.equal((await reader('post', '/connections/try', { ...input, step: 'list' })).status, 403);
});

test('an app that is only read by its description is worked by its owner', async (t) => {
  const world = await openWorld(t);
  const description = 'accounts: { list: { get: /users }, fields: { id: id } }';
  const made = await world.owner('post', '/connections', {
    appName: 'Wiki',
    connector: 'http',
    settings: { baseUrl: 'https://wiki.acme.example', description },
    secrets: { secret: 'a-secret' },
  });
  assert.equal((await world.owner('get', `/apps/${made.body.appId}`)).body.writer, 'manual');
});
