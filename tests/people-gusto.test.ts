// Gusto hands out a new refresh token with every access token. None is lost: not by a test before saving, not by an answer that never came, not by a restart.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { addApp } from '../server/apps/index.ts';
import { openConnection, startSync } from '../server/connections/index.ts';
import { openPlatform } from '../server/platform/platform.ts';
import { consentCode, type GustoState, startGusto } from './fakes/vendors/gusto.ts';
import { employee } from './fakes/vendors/people-fixture.ts';
import type { FakeServer } from './fakes/vendors/start-fake.ts';
import { fixtureSecret } from './fakes/vendors/vendor-fixture.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let gusto: { server: FakeServer; state: GustoState };
let connection: { connector: string; settings: object; secrets: object };
let appId: string;
let connectionId: string;

before(async (t) => {
  world = await openWorld(t as never, { at: '2026-12-01T09:00:00Z', env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' } });
  gusto = await startGusto(Array.from({ length: 130 }, (_, index) => employee(index)));
  (t as unknown as { after(end: () => Promise<void>): void }).after(() => gusto.server.stop());
  connection = {
    connector: 'gusto',
    settings: {
      company: 'd525dd21-ba6e-482c-be15-c2c7237f1364',
      clientId: 'app-1',
      redirectUri: 'https://ops.acme.example/',
      baseUrl: gusto.server.address,
    },
    secrets: { clientSecret: fixtureSecret, code: ` ${consentCode}` },
  };
});

async function read(): Promise<{ status: string; notes: string[]; problem: string | null }> {
  const syncId = await world.run((ctx) => startSync(ctx, appId));
  await world.drain();
  return (await world.owner('get', `/syncs/${syncId}`)).body;
}

const keptIn = () =>
  world.run((ctx) =>
    ctx.db.selectFrom('connections_connections').select('kept_sealed').where('id', '=', connectionId).executeTakeFirstOrThrow(),
  );

test('a code that is used up by the test still serves when the connection is saved', async () => {
  for (const round of [1, 2]) {
    const { body } = await world.owner('post', '/connections/test', connection);
    assert.equal(body.ok, true, `${round} ${JSON.stringify(body)}`);
  }
  appId = await world.run((ctx) => addApp(ctx, { name: 'Gusto' }));
  const added = await world.owner('post', '/connections', { ...connection, appId });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  ({ connectionId } = added.body);
  const first = await read();
  assert.equal(first.status, 'done', JSON.stringify(first));
  assert.match(first.notes[0]!, /Read 130 people: 130 new/);
});

test('what is kept is sealed, stands nowhere in the audit, and follows each token that is handed out', async () => {
  const before = await keptIn();
  assert.ok(before.kept_sealed);
  assert.equal(before.kept_sealed.includes('refresh-'), false);
  world.clock.advance({ hours: 3 });
  assert.equal((await read()).status, 'done');
  assert.notDeepEqual((await keptIn()).kept_sealed, before.kept_sealed);
  const { body } = await world.owner('get', '/audit?limit=200');
  assert.equal(JSON.stringify(body).includes('refresh-'), false);
});

test('a token whose keeping failed was not used: the one before still serves', async () => {
  world.clock.advance({ hours: 3 });
  const { handedOut } = gusto.state;
  // Handed out, and lost on the way to us: the vendor takes the old one until the new access token was used.
  const lost = await fetch(`${gusto.server.address}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: 'app-1',
      client_secret: fixtureSecret,
      grant_type: 'refresh_token',
      refresh_token: gusto.state.refresh,
    }),
  });
  assert.equal(lost.status, 200);
  assert.equal((await read()).status, 'done');
  assert.equal(gusto.state.handedOut, handedOut + 2);
});

test('another process that knows only the database goes on with what was kept', async () => {
  world.clock.advance({ hours: 3 });
  const { handedOut } = gusto.state;
  const { config, secretKey, clock } = world.platform;
  const restarted = openPlatform({ config: { ...config, clock }, adminUrl: world.database.adminUrl, secretKey });
  try {
    const opened = await openConnection(restarted, world.organizationId, appId);
    for await (const { records } of opened!.connector.listPeople!(opened!.session)) assert.ok(records.length > 0);
    opened!.session.close();
  } finally {
    await restarted.close();
  }
  assert.equal(gusto.state.handedOut, handedOut + 1);
});

test('a consent that was taken back is said, with what to do', async () => {
  world.clock.advance({ hours: 3 });
  Object.assign(gusto.state, { refresh: null, previous: null, access: 'none' });
  const failed = await read();
  assert.equal(failed.status, 'failed');
  assert.match(failed.problem!, /Gusto takes the kept token no more .* Give your consent again, and enter the new code/);
});
