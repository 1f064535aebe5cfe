import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, ok, openAccessCompany } from './access-company.ts';

const departments = ['Sales', 'Engineering', 'Operations'];
const everybody = Array.from({ length: 180 }, (_, at) => ({ name: `p${at + 1}`, department: departments[at % 3]! }));

/** Who is in a group, by user name, as the server itself says. */
const members = (server: { groups(): any[]; users(): any[] }, group: string) => {
  const names = new Map(server.users().map((user) => [user.id, user.userName]));
  return (server.groups().find(({ displayName }) => displayName === group)?.members ?? [])
    .map(({ value }: { value: string }) => names.get(value))
    .sort();
};

test('180 people: after plan and apply the server, asked directly, holds exactly what the rules say beside what was there; a second plan is empty', async (t) => {
  const world = await openAccessCompany(t);
  const ids = new Map<string, string>();
  for (const { name, department } of everybody) ids.set(name, await world.member(name, department));
  // Eight in nine have an account; some hold groups that no rule will give, most what one will.
  const seeded = everybody
    .filter((_, at) => at % 9 !== 1)
    .map(({ name, department }, at) => ({
      userName: address(name),
      address: address(name),
      givenName: name,
      groups: [
        'Everyone',
        ...(at % 7 === 0 ? ['Archive'] : []),
        ...(at % 4 > 0 && department !== 'Operations' ? [department === 'Sales' ? 'Standard' : 'Builders'] : []),
        ...(department === 'Operations' && at % 50 === 8 ? ['Standard'] : []),
      ],
    }));
  const stranger = { userName: 'robot@acme.example', groups: ['Archive', 'Standard', 'Builders', 'Everyone'] };
  const { appId: crm, server } = await world.scimmyApp('CRM', { users: [...seeded, stranger] }, { signIn: true });
  const badges = await world.manualApp('Badges', { accounts: everybody.slice(0, 100).map(({ name }) => ({ addresses: [address(name)] })) });
  const before = Object.fromEntries(['Everyone', 'Archive', 'Standard', 'Builders'].map((group) => [group, members(server, group)]));

  await world.rule({ name: 'Everyone is in the CRM', when: 'true', grants: [{ appId: crm }] });
  await world.rule({
    name: 'Sales work in the CRM',
    when: 'person.department == "Sales"',
    grants: [{ appId: crm, entitlement: 'standard' }],
  });
  await world.rule({
    name: 'Engineers build',
    when: 'person.department == "Engineering"',
    grants: [{ appId: crm, entitlement: 'Builders' }, { appId: badges }],
  });
  const rules = ok(await world.owner('get', '/access-rules')).rows;
  assert.deepEqual(
    rules.map((rule: any) => [rule.name, rule.matches, rule.unknown, rule.grants[0].known]),
    [
      ['Engineers build', 60, 0, true],
      ['Everyone is in the CRM', 180, 0, true],
      ['Sales work in the CRM', 60, 0, true],
    ],
  );
  const gap = await world.gap();
  const sales = everybody.filter(({ department }) => department === 'Sales').map(({ name }) => address(name));
  const engineers = everybody.filter(({ department }) => department === 'Engineering').map(({ name }) => address(name));
  const missingSales = sales.filter((name) => !before.Standard!.includes(name)).length;
  const missingEngineers = engineers.filter((name) => !before.Builders!.includes(name)).length;
  const missingBadges = everybody.slice(100).filter(({ department }) => department === 'Engineering').length;
  assert.deepEqual(gap.totals, {
    gives: 20 + missingSales + missingEngineers + missingBadges,
    takes: 0,
    byHand: missingBadges,
    people: gap.totals.people,
    losing: 0,
  });

  const { planId, status } = await world.apply();
  assert.equal(status, 'applying');
  const users = server.users().map(({ userName }) => userName);
  assert.deepEqual(users.sort(), [...everybody.map(({ name }) => address(name)), 'robot@acme.example'].sort());
  assert.deepEqual(members(server, 'Standard'), [...new Set([...sales, ...before.Standard!])].sort());
  assert.deepEqual(members(server, 'Builders'), [...new Set([...engineers, ...before.Builders!])].sort());
  assert.deepEqual(members(server, 'Archive'), before.Archive);
  assert.deepEqual(members(server, 'Everyone'), before.Everyone);
  const created = server.users().find(({ userName }) => userName === address('p2'))!;
  assert.deepEqual([created.active, (created.emails as any)[0].value], [true, address('p2')]);

  t.diagnostic(`${server.requests.length} requests`);
  const plan = ok(await world.owner('get', `/plans/${planId}`));
  assert.deepEqual([plan.counts.wrong, plan.counts.open, plan.counts.asked], [0, 0, missingBadges]);
  const second = await world.gap();
  assert.deepEqual([second.total, second.rows], [0, []]);

  // The manual app: one task for all of it; done by hand counts until a list says otherwise.
  const { rows: tasks } = ok(await world.owner('get', '/tasks?scope=all&limit=200'));
  const mine = tasks.filter((task: any) => /Badges/.test(task.title));
  assert.equal(mine.length, 1);
  assert.match(mine[0].title, /27 people/);
  ok(await world.owner('post', `/tasks/${mine[0].id}/finish`, { note: 'Printed all of them.' }));
  await world.settle();
  const done = ok(await world.owner('get', `/plans/${planId}`));
  assert.deepEqual([done.status, done.counts.settled, done.counts.total], ['applied', plan.counts.total, plan.counts.total]);
  assert.equal((await world.gap()).total, 0);
  assert.equal((await world.apply()).status, 'nothing');
  const access = ok(await world.owner('get', `/people/${ids.get('p2')}/access`));
  assert.deepEqual(
    access.rows.map((row: any) => [row.app, row.entitlement, row.should, row.is, row.origin, row.what]),
    [
      ['Badges', null, true, 'held', 'discovered', 'nothing'],
      ['CRM', null, true, 'held', 'rule', 'nothing'],
      ['CRM', 'Builders', true, 'held', 'rule', 'nothing'],
    ],
  );
  assert.deepEqual(
    access.rows[2].why.map(({ name }: any) => name),
    ['Engineers build'],
  );

  // A whole sync finds the same: nothing to give, nothing to take.
  await world.read(crm);
  assert.equal((await world.gap()).total, 0);
});
