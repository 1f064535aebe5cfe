import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mendByTime } from '../server/access/index.ts';
import { setLeavingDates } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { type AccessCompany, address, ok, openAccessCompany } from './access-company.ts';

const groupsOf = (server: { groups(): any[]; users(): any[] }, name: string): string[] => {
  const id = server.users().find(({ userName }) => userName === address(name))?.id;
  return server
    .groups()
    .filter(({ members }) => (members ?? []).some(({ value }: any) => value === id))
    .map(({ displayName }) => displayName)
    .sort();
};

/**
 * Ann of Sales and Bob of the Lab. A rule gives Sales two groups and keeps them for 14 days, another gives one of them to everybody, a third gives
 * the Lab its own; Ann had Archive before any rule.
 */
async function company(t: Parameters<typeof openAccessCompany>[0], { graceDays = 14, mend = 'by-itself' } = {}) {
  // Clocks go back on 25 October: 14 days later it is the same time in Berlin, an hour later in UTC.
  const world = await openAccessCompany(t, { at: '2026-10-19T08:00:00Z' });
  const ann = await world.member('Ann', 'Sales', { employmentType: 'contractor' });
  const bob = await world.member('Bob', 'Lab', { employmentType: 'employee' });
  await world.member('Cem', 'Support');
  const crm = await world.scimmyApp('CRM', {
    users: [
      { userName: address('Ann'), address: address('Ann'), groups: ['Archive'] },
      { userName: address('Bob'), address: address('Bob'), groups: ['Tests'] },
      { userName: 'robot@acme.example', groups: ['Deals', 'Reports', 'Archive', 'Tests', 'Staff'] },
    ],
  });
  const sales = await world.rule({
    name: 'Sales in the CRM',
    when: 'person.department == "Sales"',
    grants: [
      { appId: crm.appId, entitlement: 'Deals' },
      { appId: crm.appId, entitlement: 'Reports' },
    ],
    mend,
    graceDays,
  });
  await world.rule({ name: 'Reports for all', when: 'true', grants: [{ appId: crm.appId, entitlement: 'Reports' }], mend });
  await world.rule({ name: 'Lab', when: 'person.department == "Lab"', grants: [{ appId: crm.appId, entitlement: 'Tests' }], mend });
  const turn = mendByTime(world.platform);
  await world.apply();
  await world.later(2);
  await turn();
  const passes = async (at: string) => {
    await world.at(at);
    await turn();
    await world.settle();
    await world.later(2);
  };
  const departments = new Map<string, string>(ok(await world.owner('get', '/departments')).rows.map((each: any) => [each.name, each.id]));
  const moves = async (personId: string, to: string, at: string) => {
    await world.at(at);
    ok(await world.owner('PATCH', `/people/${personId}`, { departmentId: departments.get(to) }));
    await world.settle();
    await world.later(3);
  };
  const row = async (personId: string, entitlement: string) =>
    ok(await world.owner('get', `/people/${personId}/access`)).rows.find((each: any) => each.entitlement === entitlement);
  return { world, ann, bob, crm, sales, passes, moves, row, has: (name: string) => groupsOf(crm.server, name) };
}

const given = (world: AccessCompany, personId: string, appId: string, name: string, origin: string) =>
  world.run((ctx) =>
    sql`insert into access_given (organization_id, person_id, app_id, entitlement_id, origin, given_at)
      select ${ctx.organizationId}, ${personId}, ${appId}, id, ${origin}, ${ctx.now.toString()} from apps_entitlements where app_id = ${appId} and name = ${name}`.execute(
      ctx.db,
    ),
  );

test('who changes department loses what only the old one gave after the days of grace, at the same time of day, and nothing else', async (t) => {
  const { world, ann, crm, passes, moves, row, has } = await company(t);
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports']);
  await moves(ann, 'Lab', '2026-10-20T08:00:00Z');
  // At once what the new department gives; nothing is lost.
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports', 'Tests']);
  const deals = await row(ann, 'Deals');
  assert.deepEqual([deals.what, deals.should, deals.keptUntil], ['kept', false, '2026-11-03T09:00:00Z']);
  assert.equal(deals.words, 'Kept until Tue 3 Nov 2026, 10:00, because “Sales in the CRM” gave it and their department changed.');
  const gap = await world.gap();
  assert.deepEqual(
    [gap.total, gap.keptForNow.total, gap.keptForNow.rows[0].person, gap.keptForNow.rows[0].entitlement],
    [0, 1, 'Ann Test', 'Deals'],
  );
  await passes('2026-11-03T08:59:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports', 'Tests']);
  await passes('2026-11-03T09:00:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Reports', 'Tests']);
  assert.equal(crm.server.user(address('Ann')).active, true);
  assert.deepEqual(has('Bob'), ['Reports', 'Tests']);
  const moved = await world.run((ctx) => ctx.db.selectFrom('people_moves').select(['fields', 'changes']).execute());
  assert.deepEqual(moved, [{ fields: ['department'], changes: [{ field: 'department', from: 'Sales', to: 'Lab' }] }] as never);
});

test('coming back within the grace keeps all; a second move counts only what it ends; what was asked for and approved stays', async (t) => {
  const { world, ann, crm, passes, moves, row, has } = await company(t);
  await given(world, ann, crm.appId, 'Archive', 'request');
  await moves(ann, 'Lab', '2026-10-20T08:00:00Z');
  await moves(ann, 'Sales', '2026-10-26T09:00:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports'], 'the Lab states no grace: its own goes at once');
  await passes('2026-11-03T10:00:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports']);
  await moves(ann, 'Support', '2026-11-04T09:00:00Z');
  await moves(ann, 'Lab', '2026-11-10T09:00:00Z');
  assert.equal((await row(ann, 'Deals')).keptUntil, '2026-11-18T09:00:00Z', 'counted from when Sales ended');
  await passes('2026-11-18T09:00:30Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Reports', 'Tests']);
});

test('what is not known keeps and asks; a rule that is edited during the grace decides anew; without grace it goes at once', async (t) => {
  const { world, ann, crm, sales, moves, row, has } = await company(t);
  await world.at('2026-10-20T08:00:00Z');
  ok(await world.owner('PATCH', `/people/${ann}`, { departmentId: null }));
  await world.settle();
  assert.deepEqual([(await row(ann, 'Deals')).what, (await row(ann, 'Deals')).should], ['kept', null]);
  await moves(ann, 'Lab', '2026-10-21T08:00:00Z');
  assert.equal((await row(ann, 'Deals')).keptUntil?.slice(0, 10), '2026-11-04');
  const rule = {
    name: 'Sales in the CRM',
    when: 'person.department == "Sales"',
    grants: [
      { appId: crm.appId, entitlement: 'Deals' },
      { appId: crm.appId, entitlement: 'Reports' },
    ],
    mend: 'by-itself',
  };
  ok(await world.owner('put', `/access-rules/${sales}`, { ...rule, graceDays: 2 }));
  assert.equal((await row(ann, 'Deals')).keptUntil?.slice(0, 10), '2026-10-23');
  ok(await world.owner('put', `/access-rules/${sales}`, rule));
  assert.equal((await row(ann, 'Deals')).keptUntil?.slice(0, 10), '2026-10-23', 'what is left out stays');
  const refused = await world.owner('put', `/access-rules/${sales}`, { ...rule, graceDays: 400 });
  assert.deepEqual([refused.status, refused.body.problems[0].field], [422, 'graceDays']);
  ok(await world.owner('put', `/access-rules/${sales}`, { ...rule, graceDays: 0 }));
  assert.equal((await row(ann, 'Deals')).what, 'revoke');
  await world.apply();
  assert.deepEqual(has('Ann'), ['Archive', 'Reports', 'Tests']);
});

test('a contractor who becomes an employee keeps what both have; who leaves during the grace is closed by the exit, and on leave nothing is taken', async (t) => {
  const { world, ann, bob, crm, passes, row, has } = await company(t);
  await world.rule({
    name: 'Contractors',
    when: 'person.employmentType == "contractor"',
    grants: [{ appId: crm.appId, entitlement: 'Staff' }],
    mend: 'by-itself',
    graceDays: 3,
  });
  await world.apply();
  await world.later(2);
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports', 'Staff']);
  await world.at('2026-10-20T08:00:00Z');
  ok(await world.owner('PATCH', `/people/${ann}`, { employmentType: 'employee' }));
  await world.settle();
  assert.match(
    (await row(ann, 'Staff')).words,
    /^Kept until Fri 23 Oct 2026, 10:00, because “Contractors” gave it and their employment changed\.$/,
  );
  ok(await world.owner('put', `/people/${ann}/leave-of-absence`, { from: '2026-10-22', until: '2026-10-25' }));
  await passes('2026-10-23T08:01:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports', 'Staff']);
  assert.equal((await row(ann, 'Staff')).words, 'Stays while they are on leave.');
  await passes('2026-10-25T23:01:00Z');
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports']);
  await world.run((ctx) =>
    setLeavingDates(ctx, bob, { lastWorkingDay: '2026-10-27', cutOffLocal: null, cutOffZone: null }, { by: 'import' }),
  );
  await passes('2026-10-28T08:00:00Z');
  assert.equal((await world.gap(`&personId=${bob}`)).total, 0);
});

test('a rule that only shows waits with its gap until somebody applies it', async (t) => {
  const { world, ann, passes, moves, has } = await company(t, { mend: 'shown', graceDays: 1 });
  await moves(ann, 'Lab', '2026-10-20T08:00:00Z');
  assert.deepEqual(
    (await world.gap()).rows.map((line: any) => [line.entitlement, line.change]),
    [['Tests', 'grant']],
  );
  await passes('2026-10-21T08:00:30Z');
  assert.deepEqual(
    (await world.gap()).rows.map((line: any) => [line.entitlement, line.change]),
    [
      ['Deals', 'revoke'],
      ['Tests', 'grant'],
    ],
  );
  assert.deepEqual(has('Ann'), ['Archive', 'Deals', 'Reports']);
});

test('the new manager is asked once what a mover keeps of what no rule gives, and what they answer is decided', async (t) => {
  const { world, ann, bob, crm, moves, has } = await company(t, { graceDays: 0 });
  await world.scimApp('Chat', { users: ['Ann', 'Bob', 'Cem', 'Dan'].map((name) => ({ userName: address(name) })) });
  const dan = await world.member('Dan', 'Sales');
  await world.scimmyApp('Files', {
    users: [
      { userName: address('Ann'), address: address('Ann'), groups: ['Offers'] },
      { userName: address('Dan'), address: address('Dan'), groups: ['Offers'] },
    ],
  });
  await world.scimApp('Figures', { users: [{ userName: address('Ann') }, { userName: address('Bob') }], ownerPersonId: ann });
  ok(await world.owner('PATCH', `/people/${ann}`, { managerId: dan }));
  await world.settle();
  const tasks = async () =>
    world.run((ctx) =>
      ctx.db
        .selectFrom('tasks_tasks')
        .select(['id', 'status', 'title', 'instructions', 'assignee_person_id as who'])
        .where('about_kind', '=', 'move')
        .orderBy('created_at')
        .execute(),
    );
  assert.deepEqual(await tasks(), [], 'who gets a first manager has not moved');
  await world.at('2026-10-20T08:00:00Z');
  ok(await world.owner('PATCH', `/people/${ann}`, { managerId: bob }));
  await moves(ann, 'Lab', '2026-10-20T08:00:10Z');
  const [first, second, ...more] = await tasks();
  assert.deepEqual([first?.status, second?.status, more.length], ['cancelled', 'open', 0], 'one question for both moves');
  assert.deepEqual([second?.title, second?.who], ['Decide what Ann Test keeps after moving', bob]);
  assert.match(second!.instructions, /- Department: Sales → Lab/);
  assert.match(second!.instructions, /- Files: Offers/);
  assert.match(second!.instructions, /They answer for Figures\./);
  // Everybody has Chat; only she has Archive, whoever she left has not; of Figures the new ones have more.
  assert.doesNotMatch(second!.instructions, /Chat|Archive|- Figures/);
  const shown = ok(await world.owner('get', `/people/${ann}/moves`));
  assert.deepEqual(
    [shown.rows.length, shown.rows[0].changes, shown.rows[0].task],
    [2, [{ field: 'department', label: 'Department', from: 'Sales', to: 'Lab' }], { id: second!.id, status: 'open', asked: 'Bob Test' }],
  );
  assert.deepEqual(shown.rows[1].changes, [{ field: 'manager', label: 'Manager', from: 'Dan Test', to: 'Bob Test' }]);
  ok(await world.owner('post', `/tasks/${second!.id}/finish`, { answer: 'take' }));
  await world.settle();
  const { rows } = await world.gap(`&personId=${ann}`);
  assert.deepEqual(
    rows.map((line: any) => [line.app, line.entitlement, line.change]),
    [['Files', 'Offers', 'revoke']],
  );
  assert.deepEqual(has('Ann'), ['Archive', 'Reports', 'Tests']);
  assert.equal(crm.server.user(address('Ann')).active, true);
});

test('a people list moves people as the page does: each is on record, and keeps for now what the old place gave', async (t) => {
  const { world, ann, row } = await company(t);
  await world.at('2026-10-20T08:00:00Z');
  const text = `First name,Last name,Work email,Department,Employment\nAnn,Test,${address('Ann')},Lab,Employee\nBob,Test,${address('Bob')},Lab,Employee\n`;
  const preview = await world.owner('post', '/people/imports?fileName=people.csv', new TextEncoder().encode(text));
  ok(await world.owner('post', `/people/imports/${ok(preview).id}/confirm`, {}));
  await world.settle();
  const { rows } = ok(await world.owner('get', `/people/${ann}/moves`));
  assert.deepEqual(
    rows.map(({ changes }: any) => changes.map(({ field, from, to }: any) => `${field}: ${from} → ${to}`)),
    [['department: Sales → Lab', 'employmentType: contractor → employee']],
  );
  assert.equal((await row(ann, 'Deals')).keptUntil?.slice(0, 10), '2026-11-03');
  assert.equal((await world.run((ctx) => ctx.db.selectFrom('people_moves').select('id').execute())).length, 1);
});

test('an account that a rule made is kept open through the grace and suspended after it, while another rule still keeps its own', async (t) => {
  const { world, ann, passes, moves, row } = await company(t);
  const chat = await world.scimApp('Chat', { users: [{ userName: address('Bob') }] });
  const grants = [{ appId: chat.appId }];
  await world.rule({ name: 'Chat of Sales', when: 'person.department == "Sales"', grants, mend: 'by-itself', graceDays: 7 });
  await world.apply();
  await world.later(2);
  const active = () => chat.server.users().find(({ userName }) => userName === address('Ann'))?.active;
  assert.equal(active(), true);
  await moves(ann, 'Lab', '2026-10-20T08:00:00Z');
  await passes('2026-10-27T08:59:00Z');
  assert.equal(active(), true);
  await passes('2026-10-27T09:00:30Z');
  assert.equal(active(), false);
  assert.equal((await row(ann, 'Deals')).what, 'kept', 'the other rule has days left');
});
