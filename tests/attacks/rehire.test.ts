import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mendByTime } from '../../server/access/index.ts';
import { type JoiningCompany, openJoiningCompany } from '../joining-company.ts';

const name = 'amara.okafor@acme.example';

const groupsOf = (server: JoiningCompany['crm']['server']) =>
  server
    .groups()
    .filter(({ members }) => members.some(({ value }) => value === server.user(name).id))
    .map(({ displayName }) => displayName);

const times = async (world: JoiningCompany, ...all: string[]) => {
  for (const at of all) await world.at(at);
};

async function leave(world: JoiningCompany, personId: string, at: string) {
  await world.at(at);
  assert.equal((await world.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } })).status, 200);
  await world.settle();
  await world.at(Temporal.Instant.from(at).add({ minutes: 1 }).toString());
}

/** Amara, an owner of GitLab by nobody's rule, has left; her hire says that this role goes. */
async function openWithOwner(t: Parameters<typeof openJoiningCompany>[0]) {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:01:00Z');
  const users = [
    { userName: name, address: name, groups: ['Owner'] },
    { userName: 'maya@acme.example', groups: ['Owner'] },
  ];
  const gitlab = await world.scimApp('GitLab', { users, ownerPersonId: world.manager });
  const rule = { name: 'GitLab for all', when: 'true', grants: [{ appId: gitlab.appId }] };
  const ruleId = (await world.owner('post', '/access-rules', rule)).body.id;
  await leave(world, personId, '2026-11-05T08:00:00Z');
  await world.at('2027-02-01T09:00:00Z');
  const terms = {
    givenName: 'Amara',
    familyName: 'Okafor',
    personalAddress: 'a@home.example',
    personId,
    title: 'Intern',
    startDate: '2027-02-08',
  };
  const held = (await world.owner('post', '/joining/preview', terms)).body.held as { appId: string; roles: { entitlementId: string }[] }[];
  const { entitlementId } = held.find(({ appId }) => appId === gitlab.appId)!.roles[0]!;
  return { world, gitlab, personId, ruleId, terms, fromBefore: [{ appId: gitlab.appId, entitlementId, decision: 'take' }] };
}

async function asked(world: JoiningCompany): Promise<number> {
  const { rows } = (await world.owner('get', '/tasks?scope=all&limit=200')).body as { rows: { title: string }[] };
  return rows.filter(({ title }) => /stays an administrator of GitLab/.test(title)).length;
}

async function apply(world: JoiningCompany, personId: string) {
  const { hash } = (await world.owner('get', `/access-gap?personId=${personId}`)).body;
  assert.equal((await world.owner('post', '/plans', { hash, personId })).status, 200);
  await world.settle();
}

test('who comes back in another position is not an administrator again while the rule that gave it to them only shows what goes', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05', title: 'Platform lead' });
  const gitlab = await world.scimApp('GitLab', {
    users: [{ userName: 'maya@acme.example', groups: ['Owner'] }],
    ownerPersonId: world.manager,
  });
  const rule = async (body: object) => assert.equal((await world.owner('post', '/access-rules', body)).status, 200);
  await rule({ name: 'GitLab for all', when: 'true', grants: [{ appId: gitlab.appId }], mend: 'by-itself' });
  await rule({ name: 'Leads', when: 'person.title == "Platform lead"', grants: [{ appId: gitlab.appId, entitlement: 'Owner' }] });
  await times(world, '2026-11-03T09:01:00Z', '2026-11-03T09:02:00Z', '2026-11-03T09:03:00Z');
  assert.deepEqual(groupsOf(gitlab.server), ['Owner']);
  await leave(world, personId, '2026-11-05T08:00:00Z');
  await world.read(gitlab.appId);
  await world.at('2027-02-01T09:00:00Z');
  assert.equal((await world.owner('PATCH', `/people/${personId}`, { startDate: '2027-01-15', title: 'Intern' })).status, 200);
  await world.settle();
  await times(world, '2027-02-01T09:00:10Z', '2027-02-01T09:01:00Z', '2027-02-01T09:02:00Z');
  assert.equal(gitlab.server.user(name).active, false);
  assert.equal(await asked(world), 1);
  // Whoever applies all of it opens the account without the role.
  await apply(world, personId);
  await times(world, '2027-02-01T09:02:10Z', '2027-02-01T09:03:00Z', '2027-02-01T09:04:00Z');
  assert.deepEqual([gitlab.server.user(name).active, groupsOf(gitlab.server)], [true, []]);
});

test('an account opens only when a role of an administrator that goes is gone, also where another plan takes it', async (t) => {
  const { world, gitlab, personId, terms, fromBefore } = await openWithOwner(t);
  assert.equal((await world.owner('post', '/joining', { ...terms, fromBefore })).status, 200);
  await world.settle();
  gitlab.server.behave({ lying: true });
  await apply(world, personId);
  await times(world, '2027-02-01T09:00:10Z', '2027-02-01T09:01:00Z', '2027-02-04T08:59:00Z');
  gitlab.server.behave({});
  assert.deepEqual(groupsOf(gitlab.server), ['Owner']);
  const opening = ['00:00', '00:01', '00:05', '00:10', '01:00', '05:00'].map((at) => `2027-02-04T09:${at}Z`);
  for (const at of opening) {
    await world.at(at);
    assert.equal(gitlab.server.user(name).active, false, at);
  }
  assert.deepEqual(groupsOf(gitlab.server), []);
  assert.equal(await asked(world), 1);
  await apply(world, personId);
  await times(world, '2027-02-04T09:06:00Z', '2027-02-04T09:06:10Z');
  assert.deepEqual([gitlab.server.user(name).active, groupsOf(gitlab.server)], [true, []]);
});

test('a rule that mends by itself opens no account at its instant before what was decided to go is gone', async (t) => {
  const { world, gitlab, personId, ruleId, terms, fromBefore } = await openWithOwner(t);
  const body = { name: 'GitLab for all', when: 'true', grants: [{ appId: gitlab.appId }], mend: 'by-itself' };
  assert.equal((await world.owner('PUT', `/access-rules/${ruleId}`, body)).status, 200);
  assert.equal((await world.owner('post', '/joining', { ...terms, fromBefore })).status, 200);
  await world.settle();
  await world.at('2027-02-04T08:59:00Z');
  const before = gitlab.server.requests.length;
  // The turn comes before the step of the hire that opens their access.
  world.clock.set('2027-02-04T09:00:00Z');
  await mendByTime(world.platform)();
  await times(world, '2027-02-04T09:00:01Z', '2027-02-04T09:00:10Z', '2027-02-04T09:01:00Z', '2027-02-04T09:02:00Z');
  const order = gitlab.server.requests.slice(before).filter(({ method }) => method !== 'GET');
  assert.deepEqual(
    order.map(({ path }) => path.split('/')[3]),
    ['Groups', 'Users'],
  );
  assert.equal(personId, terms.personId);
  assert.deepEqual([gitlab.server.user(name).active, groupsOf(gitlab.server)], [true, []]);
});

test('making an account opens no closed one of an administrator of which nothing was known', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const gitlab = await world.scimApp('GitLab', {
    users: [{ userName: 'maya@acme.example', groups: ['Owner'] }],
    ownerPersonId: world.manager,
  });
  await world.owner('post', '/access-rules', { name: 'GitLab for all', when: 'true', grants: [{ appId: gitlab.appId }] });
  await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  // Since the last reading, somebody made an account there and closed it.
  const call = async (method: string, path: string, body: object) => {
    const headers = { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' };
    const answer = await fetch(`${gitlab.server.baseUrl}/${path}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.ok);
  };
  await call('POST', 'Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: name, active: false });
  const group = gitlab.server.groups().find(({ displayName }) => displayName === 'Owner')!.id;
  await call('PATCH', `Groups/${group}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: [{ value: gitlab.server.user(name).id }] }],
  });
  assert.deepEqual(groupsOf(gitlab.server), ['Owner']);
  await times(world, '2026-11-03T09:00:00Z', '2026-11-03T09:00:10Z', '2026-11-03T09:01:00Z', '2026-11-03T09:02:00Z');
  assert.equal(world.directory.server.user(name).active, true);
  assert.equal(gitlab.server.user(name).active, false);
  const { rows } = (await world.owner('get', '/tasks?scope=all&limit=200')).body as { rows: { title: string }[] };
  assert.ok(rows.some(({ title }) => title === 'Give Amara Okafor access to GitLab'));
});
