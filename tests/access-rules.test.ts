import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desiredForFacts } from '../server/access/index.ts';
import { type AccessCompany, address, ok, openAccessCompany } from './access-company.ts';

const group = (server: { groups(): any[]; users(): any[] }, name: string): string[] => {
  const names = new Map(server.users().map((user) => [user.id, user.userName]));
  return (server.groups().find(({ displayName }) => displayName === name)?.members ?? []).map(({ value }: any) => names.get(value)).sort();
};

async function sales(world: AccessCompany) {
  const ann = await world.member('Ann', 'Sales');
  const bob = await world.member('Bob', 'Engineering');
  const cem = await world.member('Cem', null);
  const { appId, server } = await world.scimmyApp('CRM', {
    users: [
      { userName: address('Ann'), address: address('Ann'), groups: ['Archive'] },
      { userName: address('Bob'), address: address('Bob'), groups: ['Standard'] },
      { userName: address('Cem'), address: address('Cem'), groups: ['Everyone'] },
    ],
  });
  return { ann, bob, cem, appId, server };
}

test('a rule that cannot work is refused when it is saved, each problem with its field', async (t) => {
  const world = await openAccessCompany(t);
  const { appId } = await sales(world);
  const field = async (body: object) => {
    const answer = await world.owner('post', '/access-rules', { name: 'A rule', when: 'true', grants: [{ appId }], ...body });
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    return answer.body.problems.map((problem: any) => problem.field).join();
  };
  assert.equal(await field({ name: '  ', when: '' }), 'name,when');
  assert.equal(await field({ when: 'person.departmnt == "Sales"' }), 'when');
  assert.equal(await field({ when: 'person.title.matches("a")' }), 'when');
  assert.equal(await field({ grants: [] }), 'grants');
  assert.equal(await field({ grants: [{ appId: crypto.randomUUID() }] }), 'grants.0.appId');
  assert.equal(
    await field({
      grants: [
        { appId, entitlement: 'Standard' },
        { appId, entitlement: 'standard' },
      ],
    }),
    'grants.1.entitlement',
  );
  await world.rule({ name: 'Sales', when: 'true', grants: [{ appId }] });
  assert.equal(await field({ name: 'SALES' }), 'name');
  const archived = ok(await world.owner('post', '/apps', { name: 'Old' })).appId;
  ok(await world.owner('delete', `/apps/${archived}`));
  assert.equal(await field({ grants: [{ appId: archived }] }), 'grants.0.appId');
  const facts = ok(await world.owner('get', '/access-rules/facts')).rows;
  assert.deepEqual(facts[0], {
    field: 'department',
    label: 'Department',
    values: [
      { value: 'Engineering', people: 1 },
      { value: 'Sales', people: 1 },
    ],
  });
});

test('a change of a rule that somebody else changed meanwhile is refused in words, and changes nothing', async (t) => {
  const world = await openAccessCompany(t);
  const { appId } = await sales(world);
  const rule = { name: 'Sales', when: 'person.department == "Sales"', grants: [{ appId }] };
  const id = await world.rule(rule);
  const first = ok(await world.owner('get', `/access-rules/${id}`)).version;
  ok(await world.owner('put', `/access-rules/${id}`, { ...rule, name: 'Sales has the CRM', basedOn: first }));
  const second = await world.owner('put', `/access-rules/${id}`, { ...rule, name: 'CRM', basedOn: first });
  assert.deepEqual([second.status, second.body.code], [409, 'rule_changed']);
  assert.match(second.body.detail, /changed this rule meanwhile.*Nothing was changed/);
  const now = ok(await world.owner('get', `/access-rules/${id}`));
  assert.deepEqual([now.name, now.version], ['Sales has the CRM', first + 1]);
  ok(await world.owner('put', `/access-rules/${id}`, { ...rule, name: 'CRM', basedOn: now.version }));
});

test('who lacks the fact that a rule asks for is named as unknown, and gets and loses nothing', async (t) => {
  const world = await openAccessCompany(t);
  const { cem, appId, server } = await sales(world);
  const when = 'person.department == "Sales"';
  const preview = ok(await world.owner('post', '/access-rules/preview', { when, grants: [{ appId, entitlement: 'Standard' }] }));
  assert.deepEqual(
    [preview.matches.total, preview.matches.people[0].name, preview.unknown.people],
    [1, 'Ann Test', [{ id: cem, name: 'Cem Test', missing: 'department' }]],
  );
  assert.deepEqual([preview.gains.people, preview.gains.grants, preview.losses.people, preview.brake], [1, 1, 0, null]);
  assert.equal(ok(await world.owner('get', '/access-rules')).total, 0, 'trying saves nothing');
  const ruleId = await world.rule({ name: 'Sales', when, grants: [{ appId, entitlement: 'Standard' }] });
  await world.apply();
  assert.deepEqual(group(server, 'Standard'), [address('Ann'), address('Bob')]);
  const access = ok(await world.owner('get', `/people/${cem}/access`)).rows;
  assert.deepEqual(
    access.filter((row: any) => row.should === null).map((row: any) => [row.entitlement, row.what]),
    [
      [null, 'kept'],
      ['Standard', 'unknown'],
    ],
  );
  const { unknown } = await world.gap();
  assert.deepEqual(
    unknown.rows.map(({ person, app, entitlement, words }: any) => [person, app, entitlement, words]),
    [['Cem Test', 'CRM', 'Standard', '“Sales” may mean them. Not known of them: department.']],
  );
  const rule = ok(await world.owner('get', `/access-rules/${ruleId}`));
  assert.deepEqual([rule.people.length, rule.unknownPeople.length, rule.versions.length], [1, 1, 1]);
});

test('what was there before a rule stays when the rule ends; what the rule gave goes; a decision of a person moves either', async (t) => {
  const world = await openAccessCompany(t);
  const { ann, bob, appId, server } = await sales(world);
  const ruleId = await world.rule({ name: 'Standard', when: 'has(person.department)', grants: [{ appId, entitlement: 'Standard' }] });
  await world.apply();
  assert.deepEqual(group(server, 'Standard'), [address('Ann'), address('Bob')]);
  ok(await world.owner('post', `/access-rules/${ruleId}/archive`, {}));
  const gap = await world.gap();
  assert.deepEqual(
    gap.rows.map((row: any) => [row.person, row.entitlement, row.change, row.rule.name]),
    [['Ann Test', 'Standard', 'revoke', 'Standard']],
  );
  assert.match(gap.rows[0].words, /Standard gave it, and no rule gives it any more/);
  // Somebody keeps it after all.
  const entitlementId = gap.rows[0].entitlementId;
  ok(await world.owner('post', '/access-decisions', { personId: ann, appId, entitlementId, decision: 'keep' }));
  assert.equal((await world.gap()).total, 0);
  ok(await world.owner('post', '/access-decisions', { personId: ann, appId, entitlementId, decision: 'undecided' }));
  await world.apply();
  assert.deepEqual(group(server, 'Standard'), [address('Bob')]);
  assert.deepEqual(group(server, 'Archive'), [address('Ann')]);
  assert.equal(server.user(address('Ann')).active, true, 'an account that no rule made stays');
  // And what was always there goes once somebody decides so.
  ok(await world.owner('post', '/access-decisions', { personId: bob, appId, entitlementId, decision: 'take', reason: 'Not needed.' }));
  const { planId } = await world.apply();
  assert.deepEqual(group(server, 'Standard'), []);
  ok(await world.owner('post', `/plans/${planId}/undo`, { reason: 'Needed.', rules: false }));
  await world.settle();
  await world.later(32);
  assert.deepEqual(group(server, 'Standard'), [address('Bob')]);
  const row = ok(await world.owner('get', `/people/${bob}/access`)).rows.find((each: any) => each.entitlement === 'Standard');
  assert.deepEqual([row.origin, row.decision], ['discovered', 'take']);
});

test('a gap that a sync finds is shown and waits, and is closed at once where the rule mends by itself', async (t) => {
  const world = await openAccessCompany(t);
  const { appId, server } = await sales(world);
  const rule = { name: 'Standard', when: 'has(person.department)', grants: [{ appId, entitlement: 'Standard' }] };
  const ruleId = await world.rule(rule);
  await world.read(appId);
  assert.equal((await world.gap()).total, 1);
  assert.deepEqual(group(server, 'Standard'), [address('Bob')]);
  ok(await world.owner('put', `/access-rules/${ruleId}`, { ...rule, mend: 'by-itself' }));
  await world.read(appId);
  await world.later(2);
  assert.deepEqual(group(server, 'Standard'), [address('Ann'), address('Bob')]);
  const [plan] = ok(await world.owner('get', '/plans')).rows;
  assert.deepEqual([plan.madeBy, plan.status, plan.counts.total], ['Groundcrew', 'applied', 1]);
  // Somebody who comes gets it as soon as they are known; nobody has to ask.
  await world.member('Dot', 'Sales');
  const { rows } = ok(await world.owner('get', '/people?search=dot'));
  ok(await world.owner('PATCH', `/people/${rows[0].id}`, { title: 'Seller' }));
  await world.settle();
  await world.later(3);
  assert.deepEqual(group(server, 'Standard'), [address('Ann'), address('Bob'), address('Dot')]);
  assert.equal((await world.gap()).total, 0);
});

test('one person’s gap is found without touching anybody else, and a change of facts is seen at once', async (t) => {
  const world = await openAccessCompany(t);
  const { ann, bob, appId } = await sales(world);
  await world.rule({
    name: 'Engineers',
    when: 'person.department == "Engineering" || person.title == "Lead"',
    grants: [{ appId, entitlement: 'Everyone' }],
  });
  assert.deepEqual(
    (await world.gap()).rows.map((row: any) => row.person),
    ['Bob Test'],
  );
  ok(await world.owner('PATCH', `/people/${ann}`, { title: 'Lead' }));
  assert.deepEqual(
    (await world.gap(`&personId=${ann}`)).rows.map((row: any) => row.person),
    ['Ann Test'],
  );
  assert.deepEqual(
    (await world.gap(`&personId=${bob}`)).rows.map((row: any) => row.person),
    ['Bob Test'],
  );
  assert.equal((await world.gap()).total, 2);
  const hash = (await world.gap()).hash;
  ok(await world.owner('PATCH', `/people/${ann}`, { title: 'Seller' }));
  const late = await world.owner('post', '/plans', { hash });
  assert.deepEqual([late.status, late.body.code], [409, 'gap_changed']);
  const facts = {
    department: 'Engineering',
    location: null,
    country: null,
    title: null,
    employmentType: null,
    costCentre: null,
    manager: null,
  };
  const desired = await world.run((ctx) => desiredForFacts(ctx, facts));
  assert.deepEqual(
    desired.map((each) => [each.app, each.entitlement, each.rule]),
    [
      ['CRM', null, 'Engineers'],
      ['CRM', 'Everyone', 'Engineers'],
    ],
  );
});

test('an entitlement that no reading has shown is told as unknown and not invented; once it is read it is given', async (t) => {
  const world = await openAccessCompany(t);
  await world.member('Ann', 'Sales');
  const users = [{ userName: address('Ann'), address: address('Ann') }];
  const { appId, server } = await world.scimmyApp('Chat', { users: [...users, { userName: 'robot@acme.example' }] });
  const ruleId = await world.rule({ name: 'All', when: 'true', grants: [{ appId, entitlement: 'Admins' }] });
  const gap = await world.gap();
  assert.deepEqual([gap.total, gap.unknown.total], [0, 1]);
  assert.deepEqual(
    gap.unknown.rows.map(({ person, app, entitlement, words }: any) => [person, app, entitlement, words]),
    [['Ann Test', 'Chat', 'Admins', 'No reading of Chat has shown “Admins”, which “All” gives.']],
  );
  assert.equal(ok(await world.owner('get', `/access-rules/${ruleId}`)).grants[0].known, false);
  const headers = { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' };
  const robot = server.user('robot@acme.example').id;
  await fetch(`${server.baseUrl}/Groups`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Admins', members: [{ value: robot }] }),
  });
  await world.read(appId);
  assert.deepEqual(
    (await world.gap()).rows.map((row: any) => [row.entitlement, row.change]),
    [['Admins', 'grant']],
  );
  await world.apply();
  assert.deepEqual(group(server, 'Admins'), [address('Ann'), 'robot@acme.example']);
});
