import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, ok, openAccessCompany } from '../access-company.ts';
import { connectScim, type Reply, scimList, scimUser, scriptedScim } from './scripted-scim.ts';

const people = Array.from({ length: 12 }, (_, at) => `p${at}`);

test('undoing what was given to many waits for somebody who has seen their names', async (t) => {
  const company = await openAccessCompany(t);
  for (const name of people) await company.member(name, 'Sales');
  const { appId, server } = await company.scimApp('Wiki', { users: [{ userName: 'robot@acme.example' }] });
  await company.rule({ name: 'Wiki', when: 'true', grants: [{ appId }] });
  const { planId } = await company.apply();
  await company.later(5);
  assert.equal(server.users().filter(({ active, userName }) => active && userName !== 'robot@acme.example').length, people.length);
  company.clock.set('2026-12-10T08:00:00Z');
  const reason = 'I am on my way out.';
  const refused = await company.owner('post', `/plans/${planId}/undo`, { reason, rules: false });
  assert.equal(refused.status, 409, JSON.stringify(refused.body));
  assert.equal(refused.body.code, 'brake');
  assert.equal(refused.body.problems.length, people.length);
  await company.later(5);
  assert.equal(server.users().filter(({ active, userName }) => active && userName !== 'robot@acme.example').length, people.length);
  const brake = { people: people.length, reason: 'The wiki is given up.' };
  ok(await company.owner('post', `/plans/${planId}/undo`, { reason, rules: false, brake }));
  await company.settle();
  await company.later(5);
  assert.equal(server.users().filter(({ active, userName }) => active && userName !== 'robot@acme.example').length, 0);
});

test('what undoing takes counts for the brake of the day', async (t) => {
  const company = await openAccessCompany(t);
  for (const name of people) await company.member(name, name < 'p2' ? 'Sales' : 'Marketing');
  const { appId, server } = await company.scimApp('Wiki', { users: [{ userName: 'robot@acme.example' }] });
  const open = () => server.users().filter(({ active, userName }) => active && userName !== 'robot@acme.example').length;
  const ids = new Map<string, string>();
  for (const { id, workAddress } of ok(await company.owner('get', '/people?limit=50')).rows) ids.set(workAddress, id);
  await company.rule({ name: 'Wiki', when: 'true', grants: [{ appId }] });
  const plans: string[] = [];
  for (const name of people) plans.push((await company.apply({ personId: ids.get(address(name))! })).planId!);
  await company.later(5);
  assert.equal(open(), people.length);
  company.clock.set('2026-12-10T08:00:00Z');
  const statuses: number[] = [];
  for (const planId of plans)
    statuses.push((await company.owner('post', `/plans/${planId}/undo`, { reason: 'One by one.', rules: false })).status);
  await company.settle();
  await company.later(5);
  assert.deepEqual(statuses.slice(0, 3), [200, 200, 409]);
  assert.equal(open(), people.length - 2);
});

test('an app that answers for a newcomer with the account of a colleague gives it to nobody, and undoing does not close it', async (t) => {
  const company = await openAccessCompany(t);
  await company.member('Maya', 'Sales');
  let asked = false;
  const maya = (name = 'maya') => scimUser('maya', `,"userName":"${name}@acme.example"`).replace('"userName":"maya",', '');
  const changed: string[] = [];
  const { baseUrl } = await scriptedScim(t, (method, url, body): Reply => {
    if (method === 'POST') {
      asked = true;
      return { status: 201, body: maya('newcomer') };
    }
    if (method !== 'GET') {
      changed.push(`${method} ${url.pathname} ${body}`);
      return { body: maya() };
    }
    if (url.pathname.includes('/Users/')) return { body: asked ? maya('newcomer') : maya() };
    if (url.pathname.endsWith('/Users')) {
      const isSearch = url.searchParams.get('filter')?.includes('newcomer');
      return asked ? scimList([maya('newcomer')]) : scimList(isSearch ? [] : [maya()]);
    }
    return scimList([]);
  });
  const appId = await connectScim(company, 'Vendor', baseUrl);
  await company.settle();
  await company.member('Newcomer', 'Sales');
  await company.rule({ name: 'Vendor', when: 'true', grants: [{ appId }] });
  const { planId } = await company.apply();
  await company.later(40);
  const plan = ok(await company.owner('get', `/plans/${planId}`));
  assert.equal(plan.lines[0].status, 'asked', JSON.stringify(plan.lines));
  assert.match(plan.lines[0].words, /Maya/);
  ok(await company.owner('post', `/plans/${planId}/undo`, { reason: 'It was a mistake.', rules: false }));
  await company.settle();
  await company.later(40);
  assert.deepEqual(changed, []);
});

test('undoing a plan gives nothing back to somebody who has left meanwhile', async (t) => {
  const company = await openAccessCompany(t);
  for (const name of people) await company.member(name, 'Sales');
  const { appId, server } = await company.scimApp('Wiki', { users: [{ userName: 'robot@acme.example' }] });
  const id = await company.rule({ name: 'Wiki', when: 'true', grants: [{ appId }] });
  await company.apply();
  await company.later(5);
  const { rows } = ok(await company.owner('get', '/people?limit=50'));
  const leaver = rows.find(({ workAddress }: { workAddress: string }) => workAddress === address('p1')).id;
  ok(await company.owner('PATCH', `/people/${leaver}`, { title: 'Guest' }));
  const when = 'person.title != "Guest"';
  for (const row of rows) if (row.id !== leaver) ok(await company.owner('PATCH', `/people/${row.id}`, { title: 'Seller' }));
  ok(await company.owner('put', `/access-rules/${id}`, { name: 'Wiki', when, grants: [{ appId }] }));
  const { planId } = await company.apply();
  await company.later(5);
  assert.equal(server.user(address('p1')).active, false);
  ok(await company.owner('post', '/leaving', { personIds: [leaver], terms: { at: 'now' } }));
  await company.settle();
  await company.later(30);
  const seen = server.changes().length;
  ok(await company.owner('post', `/plans/${planId}/undo`, { reason: 'It was a mistake.', rules: true }));
  await company.settle();
  await company.later(30);
  assert.deepEqual(
    server
      .changes()
      .slice(seen)
      .map(({ method, body }) => `${method} ${JSON.stringify(body)}`),
    [],
  );
  assert.equal(server.user(address('p1')).active, false);
});
