// What Okta sends: its conformance steps first, then the life of a user and of a pushed group.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { group, groupUrn, openDirectoryCompany, patch, userUrn } from '../../tests/directory-company.ts';

const maya = {
  schemas: [userUrn],
  userName: 'maya@fernhill.example',
  name: { givenName: 'Maya', familyName: 'Lind' },
  emails: [{ primary: true, value: 'maya@fernhill.example', type: 'work' }],
  displayName: 'Maya Lind',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
};
const ask = (text: string) => encodeURIComponent(text);
const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';

test('the steps of Okta’s conformance suite', async (t) => {
  const { scim } = await openDirectoryCompany(t, 'okta');
  const made = await scim('POST', '/Users', maya, { 'content-type': 'application/scim+json; charset=utf-8' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.active, true);
  assert.equal(made.body.password, undefined, 'a password is never kept or given back');
  const page = await scim('GET', '/Users?count=1&startIndex=1');
  assert.deepEqual(page.body.schemas, ['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
  for (const name of ['itemsPerPage', 'startIndex', 'totalResults']) assert.equal(typeof page.body[name], 'number');
  const [first] = page.body.Resources;
  assert.deepEqual(
    [first.name.familyName, first.name.givenName, first.userName, first.active, first.emails[0].value],
    ['Lind', 'Maya', maya.userName, true, maya.userName],
  );
  assert.equal((await scim('GET', `/Users/${first.id}`)).body.userName, maya.userName);
  assert.equal((await scim('GET', `/Users?filter=${ask('userName eq "abcdefgh@atko.com"')}`)).body.totalResults, 0);
  assert.equal((await scim('GET', `/Users?filter=${ask('userName eq "abcdefgh@atko.com"')}&startIndex=1&count=100`)).status, 200);
  const unknown = await scim('GET', '/Users/010101001010101011001010101011');
  assert.deepEqual(
    [unknown.status, unknown.body.schemas, typeof unknown.body.detail, unknown.body.status],
    [404, [errorUrn], 'string', '404'],
  );
  assert.equal((await scim('GET', `/Users?filter=${ask(`userName eq "${maya.userName.toUpperCase()}"`)}`)).body.totalResults, 1);
  const again = await scim('POST', '/Users', maya);
  assert.deepEqual([again.status, again.body.scimType], [409, 'uniqueness']);
  assert.ok((await scim('GET', '/Groups?count=100&startIndex=1')).body.Resources);
});

test('a profile comes as a whole by PUT, a deactivation by PATCH without a path, a reactivation the same way', async (t) => {
  const { world, scim } = await openDirectoryCompany(t, 'okta');
  const { id } = (await scim('POST', '/Users', maya)).body;
  const put = await scim('PUT', `/Users/${id}`, {
    ...maya,
    id,
    title: 'Lead',
    name: { givenName: 'Maya', familyName: 'Lindqvist' },
    meta: { resourceType: 'User' },
  });
  assert.equal(put.status, 200, JSON.stringify(put.body));
  assert.deepEqual([put.body.title, put.body.meta.version, put.body.id], ['Lead', 'W/"2"', id]);
  assert.equal((await world.owner('GET', '/people')).body.rows[0].name, 'Maya Lindqvist');
  const off = await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: false } }));
  assert.equal(off.body.active, false);
  assert.equal((await world.owner('GET', '/directory/suspensions?status=open')).body.rows[0].person, 'Maya Lindqvist');
  await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: true } }));
  assert.equal((await world.owner('GET', '/directory/suspensions?status=open')).body.total, 0);
});

test('group push: made, renamed with its id in the value, members added, removed and replaced', async (t) => {
  const { world, scim, connectionId } = await openDirectoryCompany(t, 'okta');
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c'])
    ids.push((await scim('POST', '/Users', { ...maya, externalId: name, userName: `${name}@fernhill.example`, emails: [] })).body.id);
  const [a, b, c] = ids as [string, string, string];
  const { id } = (await scim('POST', '/Groups', { schemas: [groupUrn], displayName: 'Test SCIMv2', members: [] })).body;
  const members = async () => ((await scim('GET', `/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value).sort();
  const renamed = await scim('PATCH', `/Groups/${id}`, patch({ op: 'replace', value: { id, displayName: 'Test SCIMv20' } }));
  assert.deepEqual([renamed.status, renamed.body.displayName, renamed.body.id], [200, 'Test SCIMv20', id]);
  await scim(
    'PATCH',
    `/Groups/${id}`,
    patch({
      op: 'add',
      path: 'members',
      value: [
        { value: a, display: 'a' },
        { value: b, display: 'b' },
      ],
    }),
  );
  assert.deepEqual(await members(), [a, b].sort());
  await scim(
    'PATCH',
    `/Groups/${id}`,
    patch({ op: 'remove', path: `members[value eq "${a}"]` }, { op: 'add', path: 'members', value: [{ value: c, display: 'c' }] }),
  );
  assert.deepEqual(await members(), [b, c].sort());
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'replace', path: 'members', value: [{ value: a }] }));
  assert.deepEqual(await members(), [a]);
  assert.deepEqual(
    (await scim('PUT', `/Groups/${id}`, { ...group('Test SCIMv2', [b, c]), id })).body.members
      .map(({ value }: { value: string }) => value)
      .sort(),
    [b, c].sort(),
  );
  const shown = (await world.owner('GET', `/directory/connections/${connectionId}/groups`)).body;
  assert.deepEqual([shown.total, shown.rows[0].name, shown.rows[0].members], [1, 'Test SCIMv2', 2]);
  assert.equal((await world.owner('GET', `/directory/groups/${id}/members`)).body.rows[0].name, 'Maya Lind');
  await scim('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members' }));
  assert.deepEqual(await members(), []);
});
