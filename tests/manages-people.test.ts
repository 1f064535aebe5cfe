import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeGap, desiredForFacts } from '../server/access/index.ts';
import { concealLeaving, moveTold, setLeavingDates } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { type AccessCompany, ok, openAccessCompany } from './access-company.ts';

/** Ann, whom Bob names as manager, Cem whom nobody names, and a rule for whoever manages people. */
async function company(t: Parameters<typeof openAccessCompany>[0]) {
  const world = await openAccessCompany(t);
  const ann = await world.member('Ann', 'Sales');
  const bob = await world.member('Bob', 'Sales', { managerId: ann });
  const cem = await world.member('Cem', null);
  const appId = await world.manualApp('HR', {});
  const grants = [{ appId, entitlement: null }];
  const ruleId = await world.rule({ name: 'Managers', when: 'person.managesPeople', grants });
  return { world, ann, bob, cem, appId, ruleId, grants };
}

const meant = async (caller: AccessCompany['owner'], ruleId: string): Promise<string[]> =>
  ok(await caller('get', `/access-rules/${ruleId}`))
    .people.map((person: { name: string }) => person.name)
    .sort();

const leave = (world: AccessCompany, personId: string, cutOffLocal: string) =>
  world.run((ctx) => setLeavingDates(ctx, personId, { lastWorkingDay: null, cutOffLocal, cutOffZone: 'UTC' }));

test('a rule for managers means whoever is named as manager, and its opposite everybody else; unknown it is of nobody', async (t) => {
  const { world, ruleId, grants } = await company(t);
  assert.deepEqual(await meant(world.owner, ruleId), ['Ann Test']);
  for (const [when, names] of [
    ['!person.managesPeople', ['Bob Test', 'Cem Test']],
    ['person.managesPeople == false && person.department == "Sales"', ['Bob Test']],
  ] as const) {
    const preview = ok(await world.owner('post', '/access-rules/preview', { when, grants }));
    assert.deepEqual(
      preview.matches.people.map(({ name }: { name: string }) => name),
      names,
      when,
    );
  }
  const without = ok(await world.owner('post', '/access-rules/preview', { when: '!person.managesPeople', grants }));
  assert.equal(without.unknown.total, 0);
  const refused = await world.owner('post', '/access-rules/preview', { when: 'person.managesPeople == "yes"', grants });
  assert.equal(refused.status, 422);
  const facts = ok(await world.owner('get', '/access-rules/facts')).rows;
  assert.deepEqual(facts.at(-1), {
    field: 'managesPeople',
    label: 'Manages people',
    values: [
      { value: 'false', people: 2 },
      { value: 'true', people: 1 },
    ],
  });
});

test('when somebody reports to another manager, both are looked at again: by a look at the whole or at each of them', async (t) => {
  const { world, ann, bob, cem, ruleId } = await company(t);
  const getting = async (personId: string) =>
    (await world.run((ctx) => computeGap(ctx, { personId }))).lines.map(({ person, change }) => `${person} ${change}`);
  assert.deepEqual([await getting(ann), await getting(cem)], [['Ann Test create-account'], []]);
  ok(await world.owner('PATCH', `/people/${bob}`, { managerId: cem }));
  assert.deepEqual([await getting(cem), await getting(ann)], [['Cem Test create-account'], []]);
  ok(await world.owner('PATCH', `/people/${bob}`, { managerId: ann }));
  assert.deepEqual(await meant(world.owner, ruleId), ['Ann Test']);
  ok(await world.owner('PATCH', `/people/${bob}`, { managerId: null }));
  assert.deepEqual(await meant(world.owner, ruleId), []);
});

test('a report counts until they have left, also one who is still to begin; nobody who was erased', async (t) => {
  const { world, bob, cem, ruleId } = await company(t);
  await leave(world, bob, '2026-11-30T17:00');
  world.clock.set('2026-11-30T16:59:00Z');
  assert.deepEqual(await meant(world.owner, ruleId), ['Ann Test']);
  world.clock.set('2026-11-30T17:01:00Z');
  assert.deepEqual(await meant(world.owner, ruleId), []);
  const soon = await world.member('Soon', null, { managerId: cem, startDate: '2027-02-01' });
  assert.deepEqual(await meant(world.owner, ruleId), ['Cem Test']);
  await world.run((ctx) => sql`update people_people set erased_at = ${ctx.now.toString()} where id = ${soon}`.execute(ctx.db));
  assert.deepEqual(await meant(world.owner, ruleId), []);
});

test('a hidden exit cannot be told from whether the manager still manages people, whoever looked last', async (t) => {
  const { world, bob, cem, ruleId } = await company(t);
  const [named, other] = [await world.as(['owner'], { personId: cem }), await world.as(['owner'])];
  const self = await world.as(['owner'], { personId: bob });
  const toldAt = '2026-12-10T09:00:00Z';
  const concealment = await world.run((ctx) =>
    concealLeaving(ctx, { personId: bob, toldAt, sensitive: true, namedMemberIds: [named.memberId] }),
  );
  await leave(world, bob, '2026-11-30T17:00');
  world.clock.set('2026-12-01T08:00:00Z');
  for (const call of [named, other, self, named, self, other]) assert.deepEqual(await meant(call, ruleId), ['Ann Test']);
  await world.run((ctx) => computeGap(ctx));
  assert.deepEqual(await meant(other, ruleId), ['Ann Test']);
  await world.run((ctx) => moveTold(ctx, concealment, '2026-12-01T07:59:00Z'));
  for (const call of [other, self, named]) assert.deepEqual(await meant(call, ruleId), []);
});

test('with a rule that mends by itself, a manager has and loses what goes with it as soon as somebody reports to another', async (t) => {
  const world = await openAccessCompany(t);
  const ann = await world.member('Ann', 'Sales');
  const cem = await world.member('Cem', null);
  const bob = await world.member('Bob', 'Sales');
  const { appId, server } = await world.scimApp('Reviews', { users: [{ userName: 'dee@acme.example' }] });
  await world.rule({ name: 'Managers', when: 'person.managesPeople', grants: [{ appId }], mend: 'by-itself' });
  await world.settle();
  const open = () =>
    server
      .users()
      .filter(({ active, userName }) => active && userName !== 'dee@acme.example')
      .map(({ userName }) => userName);
  const under = async (managerId: string | null) => {
    ok(await world.owner('PATCH', `/people/${bob}`, { managerId }));
    await world.settle();
    await world.later(2);
    return open();
  };
  assert.deepEqual(open(), []);
  assert.deepEqual(await under(ann), ['ann@acme.example']);
  assert.deepEqual(await under(cem), ['cem@acme.example']);
  assert.deepEqual(await under(null), []);
});

test('a hire manages nobody, unless they have been here before and people still name them', async (t) => {
  const { world, ann } = await company(t);
  const facts = { department: null, location: null, country: null, title: null, employmentType: null, costCentre: null, manager: null };
  const given = (managesPeople?: boolean) => world.run((ctx) => desiredForFacts(ctx, { ...facts, managesPeople }));
  assert.deepEqual(await given(), []);
  assert.deepEqual(
    (await given(true)).map(({ app, rule }) => [app, rule]),
    [['HR', 'Managers']],
  );
  const preview = async (more: object) =>
    ok(
      await world.owner('post', '/joining/preview', {
        familyName: 'Test',
        personalAddress: 'x@home.example',
        startDate: '2026-12-07',
        ...more,
      }),
    ).access.map(({ app }: { app: string }) => app);
  assert.deepEqual(await preview({ givenName: 'New' }), []);
  await leave(world, ann, '2026-11-27T17:00');
  world.clock.set('2026-11-28T08:00:00Z');
  assert.deepEqual(await preview({ givenName: 'Ann', personId: ann }), ['HR']);
});

test('who was looked at before this fact was known is looked at once more, and only once', async (t) => {
  const { world, ruleId } = await company(t);
  await meant(world.owner, ruleId);
  await world.run((ctx) => sql`update access_evaluated set facts_hash = sha256('before')`.execute(ctx.db));
  assert.deepEqual(await meant(world.owner, ruleId), ['Ann Test']);
  const hashes = () =>
    world.run(
      async (ctx) => (await sql<{ xmin: string }>`select xmin::text from access_evaluated order by person_id`.execute(ctx.db)).rows,
    );
  const before = await hashes();
  await meant(world.owner, ruleId);
  assert.deepEqual(await hashes(), before);
});
