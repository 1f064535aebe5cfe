import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Behaviour } from '../tests/fakes/scim-servers/behaviour.ts';
import { type SeedUser, seedUsers } from '../tests/fakes/scim-servers/directory.ts';
import { scimSession } from '../tests/fakes/scim-servers/scim-session.ts';
import { startScimmyServer } from '../tests/fakes/scim-servers/scimmy-server.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import type { NewAccount } from './kit/index.ts';
import { scim } from './scim.ts';

const account = (userName: string): NewAccount => ({
  userName,
  address: userName,
  givenName: 'Amara',
  familyName: 'Okafor',
  displayName: null,
  employeeNumber: null,
});
const create = (session: Parameters<typeof scim.listAccounts & object>[0], userName: string) =>
  scim.createAccount!.run(session, account(userName), { idempotencyKey: 'x' });

async function serverOf(t: TestContext, users: SeedUser[], behaviour: Behaviour = {}) {
  const server = await startScimServer({ users, behaviour });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const made = () => server.requests.filter(({ method }) => method === 'POST').length;
  return { server, session, made };
}

test('a create costs a handful of requests however many users a server has that searches', async (t) => {
  const costs: number[] = [];
  for (const count of [10, 1_500]) {
    const { server, session, made } = await serverOf(t, seedUsers(count));
    // As an action does it: a look before, the creating, a look afterwards.
    assert.equal(await scim.findAccount!(session, 'amara@acme.example', { entitlements: 'none', quick: true }), null);
    assert.equal((await create(session, 'amara@acme.example')).changed, true);
    assert.equal((await scim.findAccount!(session, 'amara@acme.example'))?.status, 'active');
    assert.equal(made(), 1);
    costs.push(server.requests.length);
  }
  assert.equal(costs[0], costs[1]);
  assert.ok(costs[1]! <= 12, `${costs[1]} requests`);
});

test('a server that minds the case in a search is read whole, once for a create', async (t) => {
  const real = await startScimmyServer({ users: seedUsers(120) });
  t.after(() => real.stop());
  const session = scimSession(real.baseUrl, { pageSize: 10 });
  t.after(() => session.close());
  assert.equal(await scim.findAccount!(session, 'amara@acme.example', { entitlements: 'none', quick: true }), null);
  assert.equal((await create(session, 'amara@acme.example')).changed, true);
  assert.equal(real.requests.filter(({ path }) => /startIndex=111/.test(path)).length, 1);
  // What was read before the change says nothing after it.
  assert.equal((await create(session, 'Amara@acme.example')).changed, false);
  assert.equal(real.requests.filter(({ method }) => method === 'POST').length, 1);
});

test('an account that a search does not show is found in the whole list, and none is made twice: whatever the server does with filters', async (t) => {
  const others = seedUsers(1_200);
  const there = { ...others[0]!, userName: 'Amara@acme.example', address: 'x@acme.example' };
  const last = (more: object): SeedUser[] => [...others, { ...there, ...more } as SeedUser];
  const servers: [Behaviour, SeedUser[]][] = [
    [{ filter: 'ignored' }, last({})],
    [{ filter: 'finds-nobody' }, last({})],
    [{ filter: 'exact-case' }, last({})],
    [{ filter: 'active-only' }, last({ active: false })],
    [{ noFilter: true }, last({})],
    [{ noFilter: true, noDiscovery: true }, last({})],
    [{}, last({})],
    // One user alone is found by a search that the server ignores.
    [{ filter: 'ignored' }, [there as SeedUser]],
  ];
  for (const [behaviour, users] of servers) {
    const { server, session, made } = await serverOf(t, users, behaviour);
    const words = JSON.stringify(behaviour);
    const answer = await create(session, 'amara@acme.example');
    assert.equal(answer.changed, false, words);
    assert.equal(answer.externalId, server.user('Amara@acme.example').id, words);
    assert.equal(made(), 0, words);
    assert.equal((await create(session, 'new@acme.example')).changed, true, words);
    assert.equal((await create(session, 'new@acme.example')).changed, false, words);
    assert.equal(made(), 1, words);
  }
});

test('a search that is not quick reads everything, and a name that servers may read in two ways is looked for everywhere', async (t) => {
  const { server, session } = await serverOf(t, seedUsers(1_200));
  const lists = () => server.requests.filter(({ path }) => /startIndex=1101/.test(path)).length;
  assert.equal(await scim.findAccount!(session, 'amara@acme.example'), null);
  assert.equal(lists(), 1);
  assert.equal(await scim.findAccount!(session, 'amara+x@acme.example', { quick: true }), null);
  assert.equal(lists(), 2);
  assert.equal(await scim.findAccount!(session, 'amara@acme.example', { quick: true }), null);
  assert.equal(lists(), 2);
});

test('a search that was tried with active users only is no proof about suspended ones: also where the server takes a name twice', async (t) => {
  const active = seedUsers(120).map((user) => ({ ...user, active: true }));
  const there = { ...active[0]!, userName: 'amara@acme.example', address: 'x@acme.example', active: false };
  const closed = { ...active[0]!, userName: 'gone@acme.example', address: 'gone@acme.example', active: false };
  for (const users of [
    [...active, there],
    [...active.slice(0, 60), there, ...active.slice(60)],
    [...active, there, closed],
  ]) {
    const { server, session, made } = await serverOf(t, users, { filter: 'active-only', namesTwice: true });
    const answer = await create(session, 'amara@acme.example');
    assert.equal(answer.changed, false);
    assert.equal(answer.externalId, server.user('amara@acme.example').id);
    assert.equal(made(), 0);
  }
});

test('where no user of a long list is known to be suspended, everything is read; of a short one all were seen', async (t) => {
  for (const [count, more] of [
    [30, 0],
    [120, 1],
  ] as const) {
    const { server, session } = await serverOf(
      t,
      seedUsers(count).map((user) => ({ ...user, active: true })),
    );
    assert.equal(await scim.findAccount!(session, 'amara@acme.example', { quick: true }), null);
    assert.equal(server.requests.filter(({ path }) => /startIndex=101/.test(path)).length, more);
  }
});
