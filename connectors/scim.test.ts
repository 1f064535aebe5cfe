import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Behaviour } from '../tests/fakes/scim-servers/behaviour.ts';
import type { SeedUser } from '../tests/fakes/scim-servers/directory.ts';
import { scimSession } from '../tests/fakes/scim-servers/scim-session.ts';
import { startScimmyServer } from '../tests/fakes/scim-servers/scimmy-server.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import { ConnectorError, type Session } from './kit/index.ts';
import { scim } from './scim.ts';

const people: SeedUser[] = [
  {
    userName: 'ada@acme.example',
    givenName: 'Ada',
    familyName: 'Byron',
    address: 'ada@acme.example',
    employeeNumber: '7',
    groups: ['Everyone', 'Sales'],
    roles: ['editor'],
  },
  { userName: 'bo@acme.example', address: 'bo@acme.example', active: false, groups: ['Everyone'] },
];
const ada = 'ada@acme.example';

async function fake(t: TestContext, behaviour: Behaviour = {}) {
  const server = await startScimServer({ users: people, behaviour });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  return { server, session, id: server.user(ada).id };
}

const suspend = (session: Session, externalId: string) => scim.suspendAccount!.run(session, { externalId });
const restore = (session: Session, externalId: string) => scim.restoreAccount!.run(session, { externalId });

test('on a real server of somebody else: suspended, seen by a fresh read and in the server itself, restored; nothing else changes', async (t) => {
  const server = await startScimmyServer({ users: people });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const before = server.users();
  const { id } = server.user(ada);
  assert.equal((await scim.readAccount?.(session, id))?.status, 'active');
  assert.equal((await suspend(session, id)).changed, true);
  assert.equal(server.user(ada).active, false);
  assert.equal((await scim.readAccount?.(session, id))?.status, 'suspended');
  assert.deepEqual(await suspend(session, id), { answered: 'The account was suspended already. Nothing was sent.', changed: false });
  assert.equal((await restore(session, id)).changed, true);
  assert.deepEqual(server.user(ada).roles, before.find((user) => user.id === id)?.roles);
  assert.equal(server.user('bo@acme.example').active, false);
  assert.equal(server.users().length, before.length);
});

test('on a real server of somebody else: groups are taken and given, accounts created and deleted', async (t) => {
  const server = await startScimmyServer({ users: people });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const { id } = server.user(ada);
  const account = await scim.readAccount?.(session, id);
  assert.deepEqual(account?.entitlements?.map(({ kind, name }) => `${kind} ${name}`).sort(), [
    'group Everyone',
    'group Sales',
    'role editor',
  ]);
  const sales = account.entitlements.find(({ name }) => name === 'Sales')!;
  await scim.revokeEntitlement?.run(session, { account: { externalId: id }, entitlement: sales });
  assert.equal(server.groups().find(({ displayName }) => displayName === 'Sales')?.members?.length ?? 0, 0);
  assert.equal(server.groups().find(({ displayName }) => displayName === 'Everyone')?.members.length, 2);
  await scim.grantEntitlement?.run(session, { account: { externalId: id }, entitlement: sales });
  assert.equal(server.groups().find(({ displayName }) => displayName === 'Sales')?.members[0]?.value, id);
  const wanted = {
    userName: 'cy@acme.example',
    address: 'cy@acme.example',
    givenName: 'Cy',
    familyName: 'Wu',
    displayName: null,
    employeeNumber: '9',
  };
  const created = await scim.createAccount!.run(session, wanted);
  assert.equal(created.changed, true);
  assert.equal((await scim.createAccount!.run(session, wanted)).externalId, created.externalId);
  assert.equal(server.users().length, 3);
  assert.equal((await scim.findAccount?.(session, 'CY@acme.example'))?.employeeNumber, '9');
  await scim.deleteAccount?.run(session, { externalId: created.externalId });
  assert.equal(await scim.readAccount?.(session, created.externalId), null);
  assert.equal((await scim.deleteAccount?.run(session, { externalId: created.externalId }))?.changed, false);
});

test('a server without PATCH that insists on If-Match gets a PUT of the fresh record with its version', async (t) => {
  const { server, session, id } = await fake(t, { patch: false, etag: 'required' });
  const before = server.user(ada);
  assert.equal((await suspend(session, id)).changed, true);
  assert.deepEqual(server.user(ada), { ...before, active: false });
  assert.deepEqual(
    server.changes().map(({ method, status }) => `${method} ${status}`),
    ['PUT 200'],
  );
  assert.match(server.changes()[0]?.headers['if-match'] ?? '', /^W\/"/);
});

test('PATCH refused without having been announced leads to PUT', async (t) => {
  const { server, session, id } = await fake(t, { patch: false, noDiscovery: true });
  assert.equal((await suspend(session, id)).changed, true);
  assert.deepEqual(
    server.changes().map(({ method, status }) => `${method} ${status}`),
    ['PATCH 501', 'PUT 200'],
  );
  assert.equal(server.user(ada).active, false);
});

test('a server that knows only operations without path gets one', async (t) => {
  const { server, session, id } = await fake(t, { patch: 'no-path', etag: 'required' });
  assert.equal((await suspend(session, id)).changed, true);
  assert.deepEqual(
    server.changes().map(({ method, status }) => `${method} ${status}`),
    ['PATCH 400', 'PATCH 200'],
  );
});

test('a record that somebody else changes meanwhile is read again before it is changed', async (t) => {
  const { server, session, id } = await fake(t, { etag: 'required' });
  const other = scimSession(server.baseUrl);
  t.after(() => other.close());
  const patch = session.http.patch;
  session.http.patch = async (path, body, options) => {
    session.http.patch = patch;
    await scim.grantEntitlement?.run(other, {
      account: { externalId: id },
      entitlement: { externalId: 'viewer', kind: 'role', name: 'viewer' },
    });
    return patch(path, body, options);
  };
  assert.equal((await suspend(session, id)).changed, true);
  assert.deepEqual(
    server.changes().map(({ method, status }) => `${method} ${status}`),
    ['PATCH 200', 'PATCH 412', 'PATCH 200'],
  );
  assert.deepEqual(server.user(ada).roles, [{ value: 'editor' }, { value: 'viewer' }]);
  assert.equal(server.user(ada).active, false);
});

test('an answer "done" is not proof: a server that lies shows so only when it is read', async (t) => {
  const { server, session, id } = await fake(t, { lying: true });
  assert.equal((await suspend(session, id)).changed, true);
  assert.equal(server.user(ada).active, true);
  assert.equal((await scim.readAccount?.(session, id))?.status, 'active');
});

test('a change that takes its time is seen by reading again', async (t) => {
  const { session, id } = await fake(t, { settlesAfterReads: 2 });
  await suspend(session, id);
  const seen = [];
  for (let read = 0; read < 3; read++) seen.push((await scim.readAccount?.(session, id))?.status);
  assert.deepEqual(seen, ['active', 'active', 'suspended']);
});

test('a change answered without a record says that it is not known whether anything changed', async (t) => {
  const { session, id } = await fake(t, { patch: 'silent' });
  assert.deepEqual(await suspend(session, id), { answered: 'The app answered 204 to PATCH.', changed: null });
});

test('suspending never deletes, and a person who is gone already is an answer', async (t) => {
  const { server, session, id } = await fake(t);
  await suspend(session, id);
  assert.equal(
    server.changes().some(({ method }) => method === 'DELETE'),
    false,
  );
  assert.equal((await suspend(session, 'never-was')).changed, false);
  assert.equal(server.changes().length, 1);
});

test('a wrong address is no proof that an account is gone', async (t) => {
  const { server } = await fake(t);
  const wrong = scimSession(server.baseUrl.replace('/scim/v2', '/elsewhere'));
  t.after(() => wrong.close());
  await assert.rejects(
    async () => scim.readAccount?.(wrong, 'any'),
    (error: ConnectorError) => error.kind === 'missing',
  );
  await assert.rejects(suspend(wrong, 'any'), ConnectorError);
});

test('after a lost answer the change is repeated and made once', async (t) => {
  const { server, session, id } = await fake(t, { down: 'after' });
  await assert.rejects(
    suspend(session, id),
    (error: ConnectorError) => error.kind === 'unreachable' && error.temporary && error.mayHaveHappened,
  );
  server.behave({});
  assert.equal((await suspend(session, id)).changed, false);
  assert.equal(server.user(ada).active, false);
});

test('group members: removed by the standard path, by naming those who stay, by PUT; others stay', async (t) => {
  for (const behaviour of [
    {},
    { noValuePaths: true },
    { noValuePaths: true, put: false },
    { patch: false, etag: 'required' },
  ] as Behaviour[]) {
    const { server, session, id } = await fake(t, behaviour);
    const everyone = server.groups().find(({ displayName }) => displayName === 'Everyone')!;
    const entitlement = { externalId: everyone.id, kind: 'group', name: 'Everyone' };
    await scim.revokeEntitlement?.run(session, { account: { externalId: id }, entitlement });
    const members = () =>
      server
        .groups()
        .find(({ displayName }) => displayName === 'Everyone')
        ?.members.map(({ value }) => value);
    assert.deepEqual(members(), [server.user('bo@acme.example').id], JSON.stringify(behaviour));
    await scim.grantEntitlement?.run(session, { account: { externalId: id }, entitlement });
    assert.deepEqual(members(), [server.user('bo@acme.example').id, id], JSON.stringify(behaviour));
  }
});

test('twenty changes of one group at once all arrive, and those who are in it stay, on a server that checks versions', async (t) => {
  const names = Array.from({ length: 20 }, (_, index) => `p${index}@acme.example`);
  const server = await startScimServer({
    users: [{ userName: ada, groups: ['Everyone'] }, ...names.map((userName) => ({ userName }))],
    behaviour: { etag: 'required', delayMs: 5 },
  });
  t.after(() => server.stop());
  const sessions = names.map(() => scimSession(server.baseUrl));
  t.after(() => sessions.map((session) => session.close()));
  const entitlement = { externalId: server.groups()[0]!.id, kind: 'group', name: 'Everyone' };
  const members = () => server.groups()[0]!.members.length;
  const all = (change: 'grantEntitlement' | 'revokeEntitlement') =>
    Promise.all(
      names.map((name, index) => scim[change]!.run(sessions[index]!, { account: { externalId: server.user(name).id }, entitlement })),
    );
  await all('grantEntitlement');
  assert.equal(members(), 21);
  await all('revokeEntitlement');
  assert.equal(members(), 1);
});

test('roles are taken away and given back on the account itself', async (t) => {
  for (const behaviour of [{}, { patch: false }] as Behaviour[]) {
    const { server, session, id } = await fake(t, behaviour);
    const target = { account: { externalId: id }, entitlement: { externalId: 'editor', kind: 'role', name: 'editor' } };
    await scim.revokeEntitlement?.run(session, target);
    assert.deepEqual(server.user(ada).roles, []);
    await scim.grantEntitlement?.run(session, target);
    assert.deepEqual(server.user(ada).roles, [{ value: 'editor' }]);
  }
});

test('a role that somebody without any group holds is seen by a fresh read', async (t) => {
  const server = await startScimServer({ users: [{ userName: ada, roles: ['editor'] }] });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const entitlement = { externalId: 'editor', kind: 'role', name: 'editor' };
  const read = await scim.readAccount!(session, server.user(ada).id, { entitlements: entitlement });
  assert.deepEqual(read?.entitlements, [entitlement]);
});

test('what comes through another group is not touched', async (t) => {
  const { server, session, id } = await fake(t);
  const target = { account: { externalId: id }, entitlement: { externalId: 'x', kind: 'indirect group', name: 'All' } };
  await assert.rejects(async () => scim.revokeEntitlement?.run(session, target), /cannot be changed by itself/);
  assert.equal(server.changes().length, 0);
});

test('an id may hold any character and still reaches only its own record', async (t) => {
  const id = '../Groups/x y?z#ü%2F"';
  const server = await startScimServer({
    users: [
      { id, userName: 'odd@acme.example' },
      { id: '..', userName: 'dots@acme.example' },
    ],
  });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  assert.equal((await suspend(session, id)).changed, true);
  assert.equal(server.user('odd@acme.example').active, false);
  await assert.rejects(suspend(session, '..'), /cannot be asked for/);
  assert.equal(server.user('dots@acme.example').active, true);
  assert.equal((await scim.findAccount?.(session, 'odd" or userName pr or userName eq "'))?.externalId, undefined);
});

test('with name and password instead of a token', async (t) => {
  const server = await startScimServer({ users: people, basic: { userName: 'groundcrew', password: 'pä:ss' } });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl, { authentication: 'basic', userName: 'groundcrew' }, { secrets: { password: 'pä:ss' } });
  t.after(() => session.close());
  assert.equal((await scim.findAccount?.(session, ada))?.status, 'active');
});
