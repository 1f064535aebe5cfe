import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addApp, recordReading } from '../server/apps/index.ts';
import { addConnection, startSync } from '../server/connections/index.ts';
import { startScimmyServer } from './fakes/scim-servers/scimmy-server.ts';
import { account, openCompany } from './leaving-company.ts';

const user = (name: string) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example`, givenName: name });

test('a leaver is suspended in a SCIM server of other authors, in one that insists on ETag and PUT, and asked for in a list app and a manual app', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const noor = await world.person({ givenName: 'Noor' });
  const camille = await world.person({ givenName: 'Camille' });
  const scimmy = await startScimmyServer({ users: [user('camille'), user('noor')] });
  t.after(() => scimmy.stop());
  const { appId, listed } = await world.run(async (ctx) => {
    const directory = await addApp(ctx, { name: 'Directory', signIn: true, ownerPersonId: noor });
    await addConnection(ctx, {
      appId: directory,
      connector: 'scim',
      settings: { baseUrl: scimmy.baseUrl },
      secrets: { token: 'test-token' },
      syncEveryMinutes: null,
      writes: true,
    });
    const survey = await addApp(ctx, { name: 'Survey', ownerPersonId: noor });
    return { appId: directory, listed: survey };
  });
  await world.run((ctx) => startSync(ctx, appId));
  await world.settle();
  const list = (asOf: string, status: 'active' | 'suspended') =>
    world.run((ctx) =>
      recordReading(ctx, {
        appId: listed,
        source: 'list',
        label: 'List of Survey',
        asOf,
        complete: true,
        confirmed: true,
        records: [account({ externalId: 'C1', addresses: ['camille@acme.example'], status })],
      }),
    );
  await list('2026-11-26T08:00:00Z', 'active');
  const obstinate = await world.scimApp('Wiki', {
    users: [user('camille'), user('noor')],
    behaviour: { etag: 'required', patch: false },
    ownerPersonId: noor,
  });
  await world.manualApp('Badges', { ownerPersonId: noor, accounts: [{ addresses: ['camille@acme.example'] }] });
  const { runIds } = (await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } })).body;
  await world.at('2026-11-27T15:59:59Z');
  assert.equal(scimmy.user('camille@acme.example').active, true);
  assert.equal(obstinate.server.user('camille@acme.example').active, true);
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:05Z');
  assert.equal(scimmy.user('camille@acme.example').active, false);
  assert.equal(obstinate.server.user('camille@acme.example').active, false);
  assert.equal(scimmy.user('noor@acme.example').active, true);
  const states = async () => {
    const { actions } = (await world.owner('get', `/runs/${runIds[0]}`)).body;
    return Object.fromEntries(actions.map((action: { app: string; status: string }) => [action.app, action.status]));
  };
  assert.deepEqual(await states(), { Directory: 'verified', Wiki: 'verified', Survey: 'asked', Badges: 'asked' });
  // A later list of the survey app shows it: nobody needs to vouch any more.
  await world.at('2026-11-27T17:00:00Z');
  await list('2026-11-27T16:59:00Z', 'suspended');
  await world.settle();
  assert.equal((await states()).Survey, 'verified');
});
