import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, ok, openAccessCompany } from './access-company.ts';

const seed = (name: string) => ({ userName: address(name), address: address(name) });

test('undoing the first plan with its rules sets back the rule that it came from, and leaves every other rule alone', async (t) => {
  const world = await openAccessCompany(t);
  const ids: string[] = [];
  for (const name of ['Ada', 'Ben', 'Cleo']) ids.push(await world.member(name, 'Sales'));
  const chat = await world.scimmyApp('Chat', { users: ['Ada', 'Ben', 'Cleo'].map(seed) });
  const crm = await world.scimmyApp('CRM', { users: [{ userName: 'robot@acme.example', groups: ['Standard'] }] });
  const everybody = await world.rule({ name: 'Everybody', when: 'true', grants: [{ appId: chat.appId }] });
  const sales = await world.rule({
    name: 'Sales',
    when: 'person.department == "Sales"',
    grants: [{ appId: crm.appId, entitlement: 'Standard' }],
  });
  // One by one, as hires are given access: the plan of the whole company comes later.
  for (const personId of ids) await world.apply({ personId });
  assert.equal((await world.gap()).total, 0);
  const edit = { name: 'Sales', when: 'person.department == "Marketing"', grants: [{ appId: crm.appId, entitlement: 'Standard' }] };
  ok(await world.owner('put', `/access-rules/${sales}`, { ...edit, brake: { people: 3, reason: 'They move.' } }));
  const { planId } = await world.apply();
  assert.equal(crm.server.groups().find((group) => group.displayName === 'Standard')!.members.length, 1);
  const undone = ok(await world.owner('post', `/plans/${planId}/undo`, { reason: 'A mistake.', rules: true }));
  assert.equal(undone.rulesSetBack, 1);
  await world.settle();
  await world.later(3);
  const { rows } = ok(await world.owner('get', '/access-rules'));
  assert.deepEqual(
    rows.map((row: { id: string; when: string }) => [row.id, row.when]).sort(),
    [
      [everybody, 'true'],
      [sales, 'person.department == "Sales"'],
    ].sort(),
  );
  assert.equal(crm.server.groups().find((group) => group.displayName === 'Standard')!.members.length, 4);
  assert.equal((await world.gap()).total, 0);
});

test('a plan on which a later one builds is not undone before it: two plans never pull at the same thing', async (t) => {
  const world = await openAccessCompany(t);
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dora']) await world.member(name, 'Sales');
  const crm = await world.scimmyApp('CRM', { users: [{ userName: 'robot@acme.example', groups: ['Standard'] }] });
  const grants = [{ appId: crm.appId, entitlement: 'Standard' }];
  const sales = await world.rule({ name: 'Sales', when: 'person.department == "Sales"', grants });
  const first = await world.apply();
  const none = { name: 'Sales', when: 'person.department == "Marketing"', grants, brake: { people: 4, reason: 'They move.' } };
  ok(await world.owner('put', `/access-rules/${sales}`, none));
  const second = await world.apply();
  const refused = await world.owner('post', `/plans/${first.planId}/undo`, { reason: 'A mistake.', rules: false });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'later_plan');
  assert.match(refused.body.detail, /CRM \(4 people\)/);
  ok(await world.owner('post', `/plans/${second.planId}/undo`, { reason: 'A mistake.', rules: true }));
  await world.settle();
  await world.later(3);
  ok(await world.owner('post', `/plans/${first.planId}/undo`, { reason: 'All of it.', rules: false }));
  await world.settle();
  await world.later(3);
  assert.deepEqual(
    crm.server
      .users()
      .filter((user) => user.active !== false)
      .map((user) => user.userName),
    ['robot@acme.example'],
  );
});

test('plans are found by how they stand, by what they are for, and by the words of a person, a reason or who made them', async (t) => {
  const world = await openAccessCompany(t);
  await world.member('Ada', 'Sales');
  const chat = await world.scimmyApp('Chat', { users: [seed('Robot')] });
  await world.rule({ name: 'Everybody', when: 'true', grants: [{ appId: chat.appId }] });
  const { hash } = await world.gap();
  const first = ok(await world.owner('post', '/plans', { hash, reason: 'Chat for all' })).planId;
  const found = async (query: string): Promise<string[]> =>
    ok(await world.owner('get', `/plans?${query}`)).rows.map(({ id }: { id: string }) => id);
  assert.deepEqual(await found('standing=going'), [first]);
  assert.deepEqual(await found('standing=over'), []);
  await world.settle();
  await world.later(2);
  assert.deepEqual(await found('standing=over&purpose=gap'), [first]);
  assert.deepEqual(await found('purpose=undo'), []);
  assert.deepEqual(await found('find=CHAT%20FOR'), [first]);
  assert.deepEqual(await found('find=ada'), [first]);
  assert.deepEqual(await found('find=%25'), []);
  const undo = ok(await world.owner('post', `/plans/${first}/undo`, { reason: 'Too early', rules: false })).planId;
  assert.deepEqual(await found('standing=undone'), [first]);
  assert.deepEqual(await found('standing=over'), []);
  assert.deepEqual(await found('find=too%20early'), [undo]);
  assert.equal((await world.owner('get', '/plans?standing=lost')).status, 422);
});

test('what was suspended for a leave of absence is not reopened by rules', async (t) => {
  const world = await openAccessCompany(t);
  const ada = await world.member('Ada', 'Sales');
  const chat = await world.scimmyApp('Chat', { users: [{ ...seed('Ada'), active: false }] });
  await world.rule({ name: 'Everybody', when: 'true', grants: [{ appId: chat.appId }] });
  assert.equal((await world.gap()).rows[0].change, 'reopen');
  await world.run((ctx) =>
    ctx.db.updateTable('people_people').set({ leave_from: '2026-11-01', leave_until: '2027-05-01' }).where('id', '=', ada).execute(),
  );
  assert.equal((await world.gap()).total, 0);
});
