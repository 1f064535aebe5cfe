import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPeople, enterpriseUrn, group, openDirectoryCompany, patch, scimCaller, user, userUrn } from '../../tests/directory-company.ts';

test('what a directory writes it reads back, with id, meta and a version; the person is in the roster', async (t) => {
  const { world, scim } = await openDirectoryCompany(t);
  const sent = user('maya@fernhill.example', {
    schemas: [userUrn, enterpriseUrn],
    externalId: 'e-1',
    name: { givenName: 'Maya', familyName: 'Lind', middleName: '' },
    emails: [{ value: 'maya@fernhill.example', type: 'work', primary: true }],
    title: 'Designer',
    [enterpriseUrn]: { employeeNumber: '0701984', department: 'Design', costCenter: 'C1' },
  });
  const made = await scim('POST', '/Users', sent);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.headers.get('content-type'), 'application/scim+json');
  assert.equal(made.headers.get('etag'), 'W/"1"');
  assert.match(made.headers.get('location') ?? '', /\/scim\/v2\/Users\/[0-9a-f-]{36}$/);
  const { id, meta, ...read } = (await scim('GET', `/Users/${made.body.id}`)).body;
  assert.deepEqual(read, sent);
  assert.equal(meta.resourceType, 'User');
  assert.equal(meta.version, 'W/"1"');
  const people = (await world.owner('GET', '/people')).body.rows;
  assert.equal(people.length, 1);
  assert.equal(people[0].name, 'Maya Lind');
  assert.equal((await scim('GET', `/Users?filter=${encodeURIComponent('username EQ "MAYA@fernhill.example"')}`)).body.Resources[0].id, id);
  assert.equal((await scim('POST', '/Users', sent)).body.scimType, 'uniqueness');
  const off = await scim('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'False' }));
  assert.equal(off.status, 200, JSON.stringify(off.body));
  assert.equal(off.body.active, false);
  const asked = (await world.owner('GET', '/directory/suspensions?status=open')).body;
  assert.equal(asked.total, 1, JSON.stringify(asked));
  assert.equal((await scim('DELETE', `/Users/${id}`)).status, 204);
  assert.equal((await scim('GET', `/Users/${id}`)).status, 404);
  assert.equal((await world.owner('GET', '/people')).body.rows.length, 1, 'the person stays in the roster');
});

test('a group is kept with its members, and its users name it', async (t) => {
  const { world, scim } = await openDirectoryCompany(t);
  const a = (await scim('POST', '/Users', user('a@x.example'))).body.id;
  const made = await scim('POST', '/Groups', group('Design', [a]));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.deepEqual(
    made.body.members.map((each: { value: string }) => each.value),
    [a],
  );
  assert.equal((await scim('GET', `/Users/${a}`)).body.groups[0].display, 'Design');
  assert.equal((await scim('GET', `/Groups/${made.body.id}?excludedAttributes=members`)).body.members, undefined);
  await addPeople(world, 1);
  assert.equal((await scimCaller(world, null)('GET', '/Users')).status, 401);
});
