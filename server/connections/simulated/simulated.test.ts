import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountRecord } from '../../../connectors/kit/index.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { createOrganization } from '../../identity/index.ts';
import { addConnection } from '../add-connection.ts';
import { openConnection } from '../open-connection.ts';
import { putSimulatedAccounts } from './simulated-accounts.ts';

const account: AccountRecord = {
  externalId: 'a1',
  userName: 'ann',
  addresses: ['ann@acme.example'],
  displayName: 'Ann Lee',
  givenName: null,
  familyName: null,
  employeeNumber: null,
  status: 'active',
  isAdmin: true,
  isService: null,
  secondFactor: null,
  isExternal: null,
  lastActivityAt: Temporal.Instant.from('2026-11-20T10:00:00Z'),
  entitlements: [],
  etag: null,
};

async function simulated(world: World, settings: object) {
  const organizationId = await createOrganization(world.platform, { name: 'Sample', timeZone: 'Europe/Berlin', sample: true });
  const { appId } = await world.run(async (ctx) => {
    const made = await addConnection(ctx, { appName: 'Pretend', connector: 'simulated', settings, secrets: {} });
    await putSimulatedAccounts(ctx, made.connectionId, [account]);
    return made;
  }, organizationId);
  const connection = await openConnection(world.platform, organizationId, appId);
  assert.ok(connection);
  const { connector, session } = connection;
  return {
    suspend: () => connector.suspendAccount!.run(session, { externalId: 'a1' }),
    status: async () => (await connector.readAccount!(session, 'a1'))?.status,
    organizationId,
  };
}

test('a simulated app obeys, lies, is slow or down', async (t) => {
  const world = await openWorld(t);
  const obeys = await simulated(world, { behaviour: 'obeys' });
  await obeys.suspend();
  assert.equal(await obeys.status(), 'suspended');
  const lies = await simulated(world, { behaviour: 'lies' });
  assert.equal((await lies.suspend()).answered, 'The account is suspended.');
  assert.equal(await lies.status(), 'active');
  const slow = await simulated(world, { behaviour: 'slow', slowSeconds: 90 });
  await slow.suspend();
  assert.equal(await slow.status(), 'active');
  world.clock.advance({ seconds: 90 });
  assert.equal(await slow.status(), 'suspended');
  const down = await simulated(world, { behaviour: 'down', downUntil: '2026-11-26T12:00:00Z' });
  await assert.rejects(down.suspend(), /does not answer/);
  world.clock.set('2026-11-26T12:00:00Z');
  await down.suspend();
  assert.equal(await down.status(), 'suspended');
});

test('a real organization gets no simulated app', async (t) => {
  const world = await openWorld(t);
  const made = await world.owner('post', '/connections', { appName: 'Pretend', connector: 'simulated' });
  assert.deepEqual([made.status, made.body.code], [422, 'unknown_connector']);
  assert.doesNotMatch(JSON.stringify((await world.owner('get', '/connectors')).body), /simulated/);
  await assert.rejects(
    world.run((ctx) => putSimulatedAccounts(ctx, crypto.randomUUID(), [account])),
    /Only a sample company/,
  );
});
