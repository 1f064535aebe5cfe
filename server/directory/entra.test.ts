// What Entra ID's provisioning service sends, in its order and with its habits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enterpriseUrn, groupUrn, openDirectoryCompany, patch, userUrn } from '../../tests/directory-company.ts';

const ask = (text: string) => encodeURIComponent(text);
const isActive = async (world: Awaited<ReturnType<typeof openDirectoryCompany>>['world'], status = 'open') =>
  (await world.owner('GET', `/directory/suspensions?status=${status}`)).body.total as number;

const lina = {
  schemas: [userUrn, enterpriseUrn],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userName: 'Test_User_dfeef4c5@fernhill.example',
  active: true,
  emails: [{ primary: true, type: 'work', value: 'lina@fernhill.example' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Lina Berg', familyName: 'Berg', givenName: 'Lina' },
  roles: [],
};

test('the connection test, a look for a user who is not there, and the making of one', async (t) => {
  const { scim } = await openDirectoryCompany(t);
  const none = await scim('GET', `/Users?filter=${ask('userName eq "non-existent user"')}`);
  assert.equal(none.status, 200);
  assert.deepEqual([none.body.totalResults, none.body.Resources, none.body.startIndex, none.body.itemsPerPage], [0, [], 1, 0]);
  const made = await scim('POST', '/Users', lina);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  for (const filter of [
    'userName eq "test_user_DFEEF4C5@fernhill.example"',
    'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
    'emails[type eq "work"].value eq "lina@fernhill.example"',
    'emails[type eq "work" and value eq "LINA@fernhill.example"]',
    'userName eq "test_user_dfeef4c5@fernhill.example" and active eq true',
  ])
    assert.equal((await scim('GET', `/Users?filter=${ask(filter)}`)).body.Resources[0]?.id, made.body.id, filter);
});

test('values in capitals and as texts, keys with dots, and paths to values that are not there yet are written', async (t) => {
  const { world, scim } = await openDirectoryCompany(t);
  const { id } = (await scim('POST', '/Users', lina)).body;
  const boss = (await scim('POST', '/Users', { ...lina, externalId: 'boss', userName: 'boss@fernhill.example', emails: [] })).body.id;
  const changed = await scim(
    'PATCH',
    `/Users/${id}`,
    patch(
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'lina.berg@fernhill.example' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 30 1' },
      { op: 'Replace', path: 'addresses[type eq "work"].locality', value: 'Berlin' },
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Designer' },
      { op: 'Replace', path: 'displayName', value: [{ $ref: null, value: 'Lina B.' }] },
      { op: 'Add', path: `${enterpriseUrn}:manager`, value: [{ $ref: 'Users/x', value: boss }] },
      { op: 'Add', path: `${enterpriseUrn}:department`, value: 'Design' },
    ),
  );
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const { emails, phoneNumbers, addresses, roles, displayName } = changed.body;
  assert.deepEqual(emails, [{ primary: true, type: 'work', value: 'lina.berg@fernhill.example' }]);
  assert.deepEqual(phoneNumbers, [{ type: 'mobile', value: '+49 30 1' }]);
  assert.deepEqual(addresses, [{ type: 'work', locality: 'Berlin' }]);
  assert.deepEqual(roles, [{ primary: true, value: 'Designer' }]);
  assert.equal(displayName, 'Lina B.');
  assert.equal(changed.body[enterpriseUrn].manager.value, boss);
  const dotted = await scim(
    'PATCH',
    `/Users/${id}`,
    patch({
      op: 'replace',
      value: {
        'name.givenName': 'Linea',
        displayName: 'Linea Berg',
        'emails[type eq "home"].value': 'private@home.example',
        [`${enterpriseUrn}:employeeNumber`]: '0042',
        [`${enterpriseUrn}:manager`]: boss,
      },
    }),
  );
  assert.equal(dotted.status, 200, JSON.stringify(dotted.body));
  assert.equal(dotted.body.name.givenName, 'Linea');
  assert.equal(dotted.body.emails.length, 2);
  assert.equal(dotted.body[enterpriseUrn].employeeNumber, '0042');
  assert.equal(dotted.body[enterpriseUrn].manager.value, boss);
  const people = (await world.owner('GET', '/people')).body.rows as { id: string; name: string }[];
  const person = (await world.owner('GET', `/people/${people.find(({ name }) => name === 'Linea Berg')!.id}`)).body;
  assert.equal(person.employeeNumber, '0042');
  assert.equal(person.department, 'Design');
  const gone = await scim('PATCH', `/Users/${id}`, patch({ op: 'Remove', path: `${enterpriseUrn}:manager` }));
  assert.equal(gone.body[enterpriseUrn].manager, undefined);
});

test('"False" suspends and asks, an omitted active says nothing, "True" restores', async (t) => {
  const { world, scim } = await openDirectoryCompany(t);
  const { id } = (await scim('POST', '/Users', lina)).body;
  const { active: _, ...silent } = lina;
  assert.equal((await scim('PUT', `/Users/${id}`, silent)).body.active, true);
  assert.equal(await isActive(world), 0);
  assert.equal((await scim('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'False' }))).body.active, false);
  assert.equal(await isActive(world), 1);
  assert.equal((await scim('PUT', `/Users/${id}`, silent)).body.active, false, 'silence restores nobody either');
  assert.equal(await isActive(world), 1);
  const read = await scim('GET', `/Users?filter=${ask(`userName eq "${lina.userName}"`)}`);
  assert.equal(read.body.Resources[0].active, false, 'somebody who is disabled is found, with active');
  assert.equal((await scim('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'True' }))).body.active, true);
  assert.equal(await isActive(world), 0);
});

test('groups: members in every form, without reading them, renamed, and looked up with a member', async (t) => {
  const { scim } = await openDirectoryCompany(t);
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c'])
    ids.push((await scim('POST', '/Users', { schemas: [userUrn], userName: `${name}@x.example` })).body.id);
  const [a, b, c] = ids as [string, string, string];
  const { id } = (
    await scim('POST', '/Groups', { schemas: [groupUrn], externalId: 'g-1', displayName: 'Design', meta: { resourceType: 'Group' } })
  ).body;
  const members = async () => ((await scim('GET', `/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value).sort();
  assert.deepEqual(await members(), []);
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: a }] }));
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'Add', path: 'members', value: [b, c] }));
  assert.deepEqual(await members(), [a, b, c].sort());
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'Add', path: 'members', value: a }));
  assert.deepEqual(await members(), [a, b, c].sort(), 'who is in it is not in it twice');
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'Remove', path: 'members', value: [{ value: c }] }));
  assert.deepEqual(await members(), [a, b].sort());
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'Remove', path: `members[value eq "${a}"]` }));
  assert.deepEqual(await members(), [b]);
  const renamed = await scim('PATCH', `/Groups/${id}`, patch({ op: 'Replace', path: 'displayName', value: 'Designers' }));
  assert.equal(renamed.body.displayName, 'Designers');
  const without = await scim('GET', `/Groups?excludedAttributes=members&filter=${ask('displayName eq "designers"')}`);
  assert.equal(without.body.Resources[0].id, id);
  assert.equal(without.body.Resources[0].members, undefined);
  const has = (user: string) => scim('GET', `/Groups?filter=${ask(`id eq "${id}" and members eq "${user}"`)}`);
  assert.equal((await has(b)).body.totalResults, 1);
  assert.equal((await has(a)).body.totalResults, 0);
  assert.equal(
    (await scim('PATCH', `/Groups/${id}`, patch({ op: 'Add', path: 'members', value: [crypto.randomUUID()] }))).body.scimType,
    'invalidValue',
  );
  assert.equal((await scim('DELETE', `/Groups/${id}`)).status, 204);
  assert.equal((await scim('GET', `/Groups/${id}`)).status, 404);
});
