import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Behaviour } from '../tests/fakes/scim-servers/behaviour.ts';
import type { SeedUser } from '../tests/fakes/scim-servers/directory.ts';
import { readAll, scimSession } from '../tests/fakes/scim-servers/scim-session.ts';
import { startScimmyServer } from '../tests/fakes/scim-servers/scimmy-server.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import type { ConnectorError } from './kit/index.ts';
import { scim } from './scim.ts';

async function read(t: TestContext, users: SeedUser[] | number, behaviour: Behaviour = {}, settings: Record<string, unknown> = {}) {
  const server = await startScimServer({ users, behaviour });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl, settings);
  t.after(() => session.close());
  return { server, session, ...(await readAll(session)) };
}

test('all accounts of a real server of somebody else are read over several pages, suspended ones and groups included', async (t) => {
  const server = await startScimmyServer({ users: 250 });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const { accounts, reading } = await readAll(session);
  assert.equal(reading.complete, true);
  assert.equal(reading.words, 'Read 250 of 250 accounts.');
  assert.ok(reading.pages >= 3);
  assert.equal(accounts.filter(({ status }) => status === 'suspended').length, 50);
  assert.deepEqual(accounts[0], {
    externalId: server.users()[0]?.id,
    userName: 'person1@acme.example',
    addresses: ['person1@acme.example'],
    displayName: null,
    givenName: 'Person',
    familyName: 'Number 1',
    employeeNumber: '1000',
    status: 'active',
    isAdmin: null,
    isService: null,
    secondFactor: null,
    isExternal: null,
    lastActivityAt: null,
    entitlements: [
      { externalId: server.groups()[0]?.id, kind: 'group', name: 'Everyone' },
      { externalId: server.groups()[1]?.id, kind: 'group', name: 'Even' },
    ],
    etag: accounts[0]?.etag,
  });
});

test('pages that end early are told from a whole list, whatever the server counts', async (t) => {
  const { reading, accounts } = await read(t, 184, { truncateAfter: 71 });
  assert.equal(accounts.length, 71);
  assert.equal(reading.complete, false);
  assert.match(reading.words, /^Read 71 of 184 accounts: the pages ended early/);
});

test('servers that cap pages, count from 0, or show groups on users are read whole', async (t) => {
  for (const behaviour of [
    { pageCap: 7 },
    { zeroBased: true },
    { groupsOnUsers: true, groupsForbidden: true },
    { membersOnlySingly: true },
    { noDiscovery: true },
    { noFilter: true },
  ] as Behaviour[]) {
    const { reading, accounts } = await read(t, 45, behaviour, { pageSize: 20 });
    assert.deepEqual([reading.complete, accounts.length], [true, 45], JSON.stringify(behaviour));
    assert.ok(
      accounts.every(({ entitlements }) => entitlements?.some(({ name }) => name === 'Everyone')),
      JSON.stringify(behaviour),
    );
  }
});

test('the same page again and again ends, and is not taken for the whole', async (t) => {
  const { reading, accounts, server } = await read(t, 45, { ignoresStartIndex: true }, { pageSize: 20 });
  assert.deepEqual([reading.complete, accounts.length], [false, 20]);
  assert.ok(server.requests.length < 12);
  const silent = await read(t, 45, { ignoresStartIndex: true, noTotal: true }, { pageSize: 20 });
  assert.deepEqual([silent.reading.complete, silent.accounts.length], [null, 20]);
  assert.match(silent.reading.words, /does not say how many/);
});

test('without a total the list is read to its end, and that it is whole stays unknown', async (t) => {
  const { reading, accounts } = await read(t, 45, { noTotal: true }, { pageSize: 20 });
  assert.deepEqual([reading.complete, accounts.length], [null, 45]);
});

test('unknown is not "no": hidden groups and an absent "active" are null, an app without groups has none', async (t) => {
  const hidden = await read(t, 2, { groupsForbidden: true });
  assert.deepEqual(
    hidden.accounts.map(({ entitlements }) => entitlements),
    [null, null],
  );
  assert.equal((await scim.readAccount?.(hidden.session, hidden.accounts[0]!.externalId))?.entitlements, null);
  const none = await read(t, 2, { noGroups: true });
  assert.deepEqual(
    none.accounts.map(({ entitlements }) => entitlements),
    [[], []],
  );
  const absent = await read(t, 2, { activeAs: 'absent' });
  assert.deepEqual(
    absent.accounts.map(({ status }) => status),
    [null, null],
  );
});

test('"True" and "False" as texts are understood', async (t) => {
  const { accounts, session, server } = await read(
    t,
    [
      { userName: 'a', active: true },
      { userName: 'b', active: false },
    ],
    { activeAs: 'text' },
  );
  assert.deepEqual(
    accounts.map(({ status }) => status),
    ['active', 'suspended'],
  );
  assert.equal((await scim.suspendAccount?.run(session, { externalId: accounts[0]!.externalId }))?.changed, true);
  assert.equal(server.user('a').active, false);
});

test('administrators are known by role, or by the names the settings give', async (t) => {
  const users = [
    { userName: 'a', roles: ['Workspace Owner'] },
    { userName: 'b', roles: ['chairman'] },
    { userName: 'c', userType: 'Service account', groups: ['Masters'] },
  ];
  const guessed = await read(t, users);
  assert.deepEqual(
    guessed.accounts.map(({ isAdmin }) => isAdmin),
    [true, null, null],
  );
  assert.deepEqual(
    guessed.accounts.map(({ isService }) => isService),
    [null, null, true],
  );
  const told = await read(t, users, {}, { adminRoles: ['masters'] });
  assert.deepEqual(
    told.accounts.map(({ isAdmin }) => isAdmin),
    [false, false, true],
  );
});

test('a next page on another host is not followed, and the reading fails in words', async (t) => {
  let reached = 0;
  const other = await startScimServer({ users: 3 });
  t.after(() => other.stop());
  await assert.rejects(
    read(t, 45, { nextPageElsewhere: `${other.baseUrl}/Users` }, { pageSize: 20 }),
    (error: ConnectorError) => error.outbound === 'redirect' && /does not follow/.test(error.message),
  );
  reached += other.requests.length;
  assert.equal(reached, 0);
});

test('too many requests: waits as asked, then goes on; a longer wait than the deadline allows is left for later', async (t) => {
  const server = await startScimServer({ users: 3, behaviour: { busyTimes: 2, retryAfter: '7' } });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  assert.equal((await readAll(session)).reading.complete, true);
  assert.ok(session.paused.length >= 1 && session.paused.every((pause) => pause > 6_000 && pause <= 7_000), String(session.paused));
  server.behave({ busyTimes: 9, retryAfter: '3600' });
  const hurried = scimSession(server.baseUrl, {}, { deadline: Temporal.Now.instant().add({ minutes: 5 }) });
  t.after(() => hurried.close());
  await assert.rejects(readAll(hurried), (error: ConnectorError) => error.kind === 'busy' && error.temporary && error.retryAt !== null);
  assert.deepEqual(hurried.paused, []);
});

test('endless, 4 GB, deep and foreign answers fail in words and harm nothing', async (t) => {
  const words = { endless: /more than 20 MB/, huge: /more than 20 MB/, deep: /levels deep/, page: /web page/ };
  for (const body of ['endless', 'huge', 'deep', 'page'] as const) {
    await assert.rejects(
      read(t, 3, { body }),
      (error: ConnectorError) => error.kind === 'broken' && words[body].test(error.message) && !error.temporary,
      body,
    );
  }
});

test('a failing server is asked again with growing pauses, a server that is down is temporary', async (t) => {
  const server = await startScimServer({ users: 3, behaviour: { failTimes: 4 } });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl, {}, { retry: { attempts: 5, firstDelayMs: 400 } });
  t.after(() => session.close());
  assert.equal((await readAll(session)).accounts.length, 3);
  assert.deepEqual(session.paused, [200, 400]);
  await server.stop();
  await assert.rejects(
    readAll(session),
    (error: ConnectorError) => error.kind === 'unreachable' && error.temporary && !error.mayHaveHappened,
  );
});
