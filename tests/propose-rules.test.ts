import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdersOf } from '../sample/open-company.ts';
import { peopleCsv } from '../sample/people-csv.ts';
import { accountsCsv, sampleAccounts } from '../sample/sample-accounts.ts';
import { sampleApps } from '../sample/sample-apps.ts';
import { samplePeople } from '../sample/sample-people.ts';
import type { proposeAccessRules } from '../server/access/propose/propose-access-rules.ts';
import { setLeavingDates } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { openCompany } from './leaving-company.ts';
import { type Answer, openWorld, type World } from './world.ts';

type Proposed = Awaited<ReturnType<typeof proposeAccessRules>>;

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const propose = async (world: World): Promise<Proposed> => ok(await world.owner('post', '/access-rules/propose'));

/** Who holds what, as the database has it: the denominator and the exceptions by another way than the product's own. */
const heldByHand = (world: World) =>
  world.run(async (ctx) => {
    const { rows } = await sql<{ person: string; app: string; name: string | null }>`
      select distinct r.id as person, p.id as app, e.name from people_roster r
        join apps_accounts a on a.person_id = r.id join apps_apps p on p.id = a.app_id
        left join apps_grants g on g.account_id = a.id left join apps_entitlements e on e.id = g.entitlement_id
      where r.status not in ('left', 'joining') and a.kind = 'person' and coalesce(a.status, 'active') = 'active' and p.archived_at is null`.execute(
      ctx.db,
    );
    return rows;
  });

test('from two kinds of files, people and user lists, to rules: at most 15 explain at least 80 % of the sample company’s grants', async (t) => {
  const world = await openWorld(t, { at: '2026-11-21T10:40:00Z' });
  const people = samplePeople(188, 'fernhill', '2026-11-21');
  const list = ok(await world.owner('post', '/people/imports?fileName=people.csv&declaredComplete=true', peopleCsv(people)));
  ok(await world.owner('post', `/people/imports/${list.id}/confirm`, {}));
  for (const app of sampleApps) {
    const users = accountsCsv(sampleAccounts(holdersOf(people, app), app));
    const read = ok(await world.owner('post', `/apps/from-list?fileName=users.csv&name=${encodeURIComponent(app.name)}`, users));
    ok(await world.owner('post', `/syncs/${read.id}/confirm`, { declaredComplete: true }));
  }
  await world.drain();
  const began = performance.now();
  const found = await propose(world);
  t.diagnostic(`${found.words} In ${Math.round(performance.now() - began)} ms.`);
  for (const { name, when, grants } of found.rules)
    t.diagnostic(
      `${name} | ${when} | ${grants.map(({ app, entitlement, held, of }) => `${app} ${entitlement ?? ''} ${held}/${of}`).join(', ')}`,
    );
  const held = await heldByHand(world);
  assert.equal(found.explained.total, held.length);
  assert.ok(found.rules.length <= 15);
  const left = found.leftOver.reduce((sum, { holders }) => sum + holders, 0);
  assert.equal(left, found.explained.total - found.explained.grants);
  for (const rule of found.rules) {
    const missing = rule.grants.reduce((sum, grant) => sum + grant.of - grant.held, 0);
    assert.equal(rule.exceptions.without.length, missing);
    const appIds = new Map(rule.grants.map(({ app, appId }) => [app, appId]));
    for (const { personId, app, entitlement } of rule.exceptions.without) {
      const has = held.some(
        (row) => row.person === personId && row.app === appIds.get(app) && (entitlement === null || row.name === entitlement),
      );
      assert.ok(!has, `${personId} ${app} ${entitlement}`);
    }
    const grants = rule.grants.map(({ appId, entitlement, kind }) => ({ appId, entitlement, kind }));
    const preview = ok(await world.owner('post', '/access-rules/preview', { when: rule.when, grants }));
    assert.equal(preview.matches.total, rule.people, rule.when);
  }
  assert.ok(found.explained.share >= 0.8, `${found.words}`);
});

const addDepartment = (world: World, name: string) =>
  world.run(async (ctx) => {
    const row = { organization_id: ctx.organizationId, name };
    return (await ctx.db.insertInto('people_departments').values(row).returning('id').executeTakeFirstOrThrow()).id;
  });

test('proposed rules can be kept as they stand; asked again, what they give is explained and not proposed twice', async (t) => {
  const company = await openCompany(t);
  const names = ['Ada', 'Ben', 'Cem', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lou'];
  const [sales, works] = [await addDepartment(company, 'Sales'), await addDepartment(company, 'Works')];
  const ids = new Map<string, string>();
  for (const [index, givenName] of names.entries()) {
    ids.set(givenName, await company.person({ givenName, departmentId: index < 5 ? sales : works }));
  }
  const address = (name: string) => `${name.toLowerCase()}@acme.example`;
  const role = (name: string, kind = 'role') => ({ externalId: `${kind}-${name}`, kind, name });
  const users = (who: string[], ...entitlements: ReturnType<typeof role>[]) =>
    who.map((name) => ({ addresses: [address(name)], entitlements }));
  await company.manualApp('Chat', { accounts: names.map((name) => ({ addresses: [address(name)] })) });
  await company.manualApp('CRM', {
    accounts: [...users(['Ada', 'Ben', 'Cem', 'Dee'], role('Standard'), role('Standard', 'licence')), ...users(['Kim'], role('Standard'))],
  });
  const first = await propose(company);
  assert.deepEqual(
    first.rules.map(({ when, people, grants }) => ({
      when,
      people,
      grants: grants.map(({ app, entitlement, kind, held, of }) => ({ app, entitlement, kind, held, of })),
    })),
    [
      { when: 'true', people: 12, grants: [{ app: 'Chat', entitlement: null, kind: null, held: 12, of: 12 }] },
      {
        when: 'person.department == "Sales"',
        people: 5,
        grants: [
          { app: 'CRM', entitlement: 'Standard', kind: 'licence', held: 4, of: 5 },
          { app: 'CRM', entitlement: 'Standard', kind: 'role', held: 4, of: 5 },
        ],
      },
    ],
  );
  assert.deepEqual(
    first.rules[1]!.exceptions.without.map(({ name, personId }) => [name, personId]),
    [
      ['Eli Test', ids.get('Eli')],
      ['Eli Test', ids.get('Eli')],
    ],
  );
  assert.deepEqual(
    first.leftOver.map(({ app, entitlement, holders, people }) => [app, entitlement, holders, people[0]!.name]),
    [['CRM', 'Standard', 1, 'Kim Test']],
  );
  assert.match(first.rules[1]!.words, /^4 of 5 in Sales have CRM as Standard/);
  for (const { name, when, grants } of first.rules) {
    ok(
      await company.owner('post', '/access-rules', {
        name,
        when,
        grants: grants.map(({ appId, entitlement, kind }) => ({ appId, entitlement, kind })),
      }),
    );
  }
  const second = await propose(company);
  assert.deepEqual(second.rules, []);
  assert.deepEqual([second.explained.grants, second.explained.byRulesInForce, second.explained.total], [20, 20, 21]);
  assert.match(second.words, /^Your rules give 95 %/);
});

test('what goes with managing people is proposed as such, whatever the titles say, and kept as it stands', async (t) => {
  const company = await openCompany(t);
  const names = ['Ada', 'Ben', 'Cem', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lou', 'Max', 'Ned'];
  const ids: string[] = [];
  for (const [index, givenName] of names.entries())
    ids.push(await company.person({ givenName, title: `Title ${index}`, managerId: index < 4 ? null : ids[index % 4] }));
  const users = (who: string[], name: string) =>
    who.map((each) => ({ addresses: [`${each.toLowerCase()}@acme.example`], entitlements: [{ externalId: name, kind: 'role', name }] }));
  await company.manualApp('HR system', { accounts: [...users(names.slice(0, 4), 'Manager'), ...users(names.slice(4), 'Employee')] });
  const first = await propose(company);
  assert.deepEqual(
    first.rules.map(({ name, when, words }) => [name, when, words]),
    [
      [
        'Everyone who manages nobody',
        '!person.managesPeople',
        '10 of 10 who manage nobody have HR system as Employee. It would give nobody anything new.',
      ],
      [
        'Managers of people',
        'person.managesPeople',
        '4 of 4 who manage people have HR system as Manager. It would give nobody anything new.',
      ],
    ],
  );
  for (const { name, when, grants } of first.rules)
    ok(
      await company.owner('post', '/access-rules', {
        name,
        when,
        grants: grants.map(({ appId, entitlement }) => ({ appId, entitlement })),
      }),
    );
  assert.equal(ok(await company.owner('get', '/access-gap')).total, 0);
  ok(await company.owner('PATCH', `/people/${ids[6]}`, { managerId: ids[5] }));
  const { rows } = ok(await company.owner('get', '/access-gap'));
  assert.deepEqual(
    rows.map((row: { person: string; change: string; entitlement: string }) => [row.person, row.change, row.entitlement]),
    [['Fay Test', 'grant', 'Manager']],
    'of what was there before, nothing is taken',
  );
});

test('nobody who has left or not begun counts, nor a suspended, gone, unmatched, service or archived account', async (t) => {
  const company = await openCompany(t, { at: '2026-11-26T08:12:00Z' });
  for (const givenName of ['Ada', 'Ben', 'Cem', 'Dee', 'Eli', 'Fay', 'Gus']) await company.person({ givenName });
  const gone = await company.person({ givenName: 'Gone' });
  await company.run((ctx) => setLeavingDates(ctx, gone, { lastWorkingDay: '2026-10-30', cutOffLocal: null, cutOffZone: null }));
  await company.person({ givenName: 'Soon', startDate: '2027-01-04' });
  const at = (name: string) => ({ addresses: [`${name}@acme.example`] });
  await company.manualApp('Chat', {
    accounts: [
      ...['ada', 'ben', 'eli', 'fay', 'gus'].map(at),
      { ...at('cem'), status: null },
      { ...at('dee'), status: 'suspended' },
      at('gone'),
      at('soon'),
      at('stranger'),
      { userName: 'bot', isService: true },
    ],
  });
  const archived = await company.manualApp('Old chat', { accounts: [at('ada'), at('ben'), at('cem'), at('dee')] });
  await company.run(
    async (ctx) => void (await sql`update apps_apps set archived_at = ${ctx.now.toString()} where id = ${archived}`.execute(ctx.db)),
  );
  const found = await propose(company);
  assert.deepEqual(found.explained, { grants: 6, total: 6, share: 1, byRulesInForce: 0, accounts: { explained: 6, total: 6 } });
  assert.deepEqual(
    found.rules.map(({ when, people, exceptions }) => [when, people, exceptions.without.map(({ name }) => name)]),
    [['true', 7, ['Dee Test']]],
  );
});

test('where nothing is known yet, the answer says what to do first', async (t) => {
  const world = await openWorld(t);
  const found = await propose(world);
  assert.deepEqual([found.rules, found.leftOver, found.explained.share], [[], [], 0]);
  assert.match(found.words, /Import your people first/);
});
