// Whom a directory takes out is suspended in the apps, asked about, and opened again exactly as they were when it was a mistake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from './leaving-company.ts';

test('a deactivation suspends the accounts of its person, and a mistake opens again exactly those that it closed', async (t) => {
  const company = await openCompany(t, { at: '2026-12-01T09:00:00Z' });
  await company.person({ givenName: 'Lena' });
  const seed = { userName: 'lena@acme.example', address: 'lena@acme.example', active: true };
  const chat = await company.scimApp('Chat', { users: [{ ...seed, groups: ['Everyone', 'Sales'] }] });
  const crm = await company.scimApp('CRM', { users: [{ ...seed, active: false }] });
  const { token } = (await company.owner('post', '/directory/connections', { name: 'Entra', system: 'entra' })).body;
  const push = async (method: string, path: string, body: object) =>
    (
      await company.request(`/scim/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify(body),
      })
    ).json() as Promise<{ id: string }>;
  const { id } = await push('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'lena@acme.example',
    active: true,
  });
  const active = (value: unknown) =>
    push('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'active', value }],
    });
  const states = () => [chat.server.user('lena@acme.example').active, crm.server.user('lena@acme.example').active];
  // What follows is planned first, then its moment comes.
  const later = async (seconds: number) => {
    for (let turn = 0; turn < 3; turn += 1) await company.at(company.clock.now().add({ seconds }).toString());
  };

  await active('False');
  await later(5);
  assert.deepEqual(states(), [false, false]);
  const { rows } = (await company.owner('get', '/directory/suspensions?status=open')).body;
  assert.equal(rows.length, 1);
  await company.owner('post', `/directory/suspensions/${rows[0].id}/answer`, { answer: 'mistake' });
  await later(5);
  assert.deepEqual(states(), [true, false], 'what was closed before stays closed');
  const groups = chat.server.groups().filter(({ members }) => members.length > 0);
  assert.deepEqual(groups.map(({ displayName }) => displayName).sort(), ['Everyone', 'Sales']);

  await active('True');
  await active('False');
  await later(5);
  assert.deepEqual(states(), [false, false]);
  await active('True');
  await later(5);
  assert.deepEqual(states(), [true, false], 'the directory has her active again: nobody has to answer');
  assert.deepEqual((await company.owner('get', '/directory/suspensions?status=open')).body.rows, []);
});
