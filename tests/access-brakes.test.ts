import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccessCompany, address, ok, openAccessCompany } from './access-company.ts';

const people = Array.from({ length: 36 }, (_, at) => `p${at + 1}`);

/** What the server itself holds: each group with its members, and who is active. */
const stateOf = (server: { groups(): any[]; users(): any[] }) => {
  const names = new Map(server.users().map((user) => [user.id, user.userName]));
  return {
    groups: Object.fromEntries(
      server.groups().map(({ displayName, members }) => [displayName, members.map(({ value }: any) => names.get(value)).sort()]),
    ),
    active: server
      .users()
      .map(({ userName, active }) => `${userName} ${active}`)
      .sort(),
  };
};

async function companyWithRule(t: Parameters<typeof openAccessCompany>[0]) {
  const world = await openAccessCompany(t);
  for (const [at, name] of people.entries()) await world.member(name, at % 3 === 0 ? 'Sales' : 'Engineering');
  const { appId, server } = await world.scimmyApp('CRM', {
    users: [
      ...people.map((name, at) => ({ userName: address(name), address: address(name), groups: at === 1 ? ['Standard'] : ['Everyone'] })),
      { userName: 'robot@acme.example', groups: ['Standard'] },
    ],
  });
  const badges = await world.manualApp('Badges', {});
  const when = 'person.department == "Sales"';
  const ruleId = await world.rule({ name: 'Sales', when, grants: [{ appId, entitlement: 'Standard' }, { appId: badges }] });
  await world.apply();
  const { rows } = ok(await world.owner('get', '/tasks?scope=all'));
  ok(await world.owner('post', `/tasks/${rows[0].id}/finish`, { note: 'Done.' }));
  await world.settle();
  return { world, appId, server, badges, ruleId, when };
}

const body = (appId: string, badges: string, when: string) => ({
  name: 'Sales',
  when,
  grants: [{ appId, entitlement: 'Standard' }, { appId: badges }],
});

test('a rule edit that would take something from a third of the company is refused with their names; released, applied and undone with the rules all is as before', async (t) => {
  const { world, appId, server, badges, ruleId, when } = await companyWithRule(t);
  const before = stateOf(server);
  assert.equal(before.groups.Standard.length, 14);
  const rule = ok(await world.owner('get', `/access-rules/${ruleId}`));
  const edit = body(appId, badges, 'person.department == "Marketing"');

  const preview = ok(await world.owner('post', '/access-rules/preview', { ruleId, when: edit.when, grants: edit.grants }));
  assert.deepEqual(
    [preview.losses.people, preview.losses.grants, preview.matches.total, preview.brake],
    [12, 24, 0, { limit: 2, people: 12 }],
  );
  assert.deepEqual(preview.losses.names[0].apps, ['Badges', 'CRM']);
  const refused = await world.owner('put', `/access-rules/${ruleId}`, edit);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'brake');
  assert.equal(refused.body.problems.length, 12);
  assert.match(refused.body.problems[0].message, /p1 Test would lose something in Badges, CRM/);
  assert.match(refused.body.detail, /12 people would lose something.*Nothing was changed/);
  assert.equal(
    (await world.owner('put', `/access-rules/${ruleId}`, { ...edit, brake: { people: 11, reason: 'I saw eleven.' } })).status,
    409,
  );
  assert.deepEqual(ok(await world.owner('get', `/access-rules/${ruleId}`)).version, rule.version);
  assert.equal((await world.gap()).total, 0);

  ok(await world.owner('put', `/access-rules/${ruleId}`, { ...edit, brake: { people: 12, reason: 'Sales moves to another CRM.' } }));
  assert.deepEqual(stateOf(server), before, 'an edit changes only what should be');
  const gap = await world.gap();
  assert.deepEqual([gap.totals.takes, gap.totals.losing, gap.brake], [24, 12, null]);
  const { planId, status } = await world.apply();
  assert.equal(status, 'applying');
  assert.deepEqual(stateOf(server).groups, { ...before.groups, Standard: [address('p2'), 'robot@acme.example'] });

  const undone = ok(await world.owner('post', `/plans/${planId}/undo`, { reason: 'It was a mistake.', rules: true }));
  await world.settle();
  await world.later(2);
  assert.equal(undone.rulesSetBack, 1);
  assert.deepEqual(stateOf(server), before);
  const after = ok(await world.owner('get', `/access-rules/${ruleId}`));
  assert.deepEqual([after.when, after.matches], [when, 12]);
  assert.equal((await world.gap()).total, 0, 'what is given back counts as under way or held');
  // By hand it was not done yet: the task that asked for it is ended, and nothing has to be asked back.
  const { rows } = ok(await world.owner('get', '/tasks?scope=all'));
  assert.deepEqual(rows, []);
  assert.equal((await world.owner('post', `/plans/${planId}/undo`, { reason: 'Once more.', rules: true })).status, 409);
});

test('what a sync or an archived rule would take from many is held as a plan with the names; released by who has seen them, discarded it shows again', async (t) => {
  const { world, appId, server, badges, ruleId } = await companyWithRule(t);
  const before = stateOf(server);
  // Two lose at once, without a brake; the third within the same day is held.
  const but = (...names: string[]) => `person.department == "Sales" && !(person.title in [${names.map((name) => `"${name}"`).join(', ')}])`;
  for (const name of ['p1', 'p4', 'p7', 'p10']) {
    const { rows } = ok(await world.owner('get', `/people?search=${name}@acme.example`));
    ok(await world.owner('PATCH', `/people/${rows.find((row: any) => row.workAddress === address(name)).id}`, { title: name }));
  }
  for (const name of people.filter((_, at) => at % 3 === 0).slice(4)) {
    const { rows } = ok(await world.owner('get', `/people?search=${name}@acme.example`));
    ok(await world.owner('PATCH', `/people/${rows.find((row: any) => row.workAddress === address(name)).id}`, { title: 'Seller' }));
  }
  await world.settle();
  ok(await world.owner('put', `/access-rules/${ruleId}`, body(appId, badges, but('p1', 'p4'))));
  assert.equal((await world.apply()).status, 'applying');
  assert.equal(stateOf(server).groups.Standard.length, 12);
  const third = await world.owner('put', `/access-rules/${ruleId}`, body(appId, badges, but('p1', 'p4', 'p7')));
  assert.equal(third.status, 409);
  assert.match(third.body.detail, /1 person would lose something by this, 3 with those of the last 24 hours/);

  // Facts that change take the same way round the edit; the plan is held then.
  const held = await changeAndApply(world, ['p7', 'p10']);
  assert.equal(held.status, 'held');
  const plan = ok(await world.owner('get', `/plans/${held.planId}`));
  assert.deepEqual([plan.status, plan.losing.map(({ name }: any) => name)], ['held', ['p10 Test', 'p7 Test']]);
  assert.match(plan.heldReasons[0], /2 people would lose something/);
  assert.equal(stateOf(server).groups.Standard.length, 12);
  assert.equal((await world.gap()).total, 0, 'what is held is not shown twice');
  ok(await world.owner('post', `/plans/${held.planId}/discard`, { reason: 'Not today.' }));
  const again = ok(await world.owner('post', '/plans', { hash: (await world.gap()).hash }));
  assert.equal(again.status, 'held');
  assert.equal((await world.owner('post', `/plans/${again.planId}/release`, { people: 1, reason: 'I saw one.' })).status, 409);
  ok(await world.owner('post', `/plans/${again.planId}/release`, { people: 2, reason: 'They work elsewhere now.' }));
  await world.settle();
  await world.later(2);
  assert.equal(stateOf(server).groups.Standard.length, 10);
  assert.deepEqual(stateOf(server).active, before.active);
});

async function changeAndApply(world: AccessCompany, names: string[]) {
  for (const name of names) {
    const { rows } = ok(await world.owner('get', `/people?search=${name}@acme.example`));
    const id = rows.find((row: any) => row.workAddress === address(name)).id;
    ok(await world.owner('PATCH', `/people/${id}`, { title: 'p1' }));
  }
  await world.settle();
  return ok(await world.owner('post', '/plans', { hash: (await world.gap()).hash }));
}
