import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { computeGap } from '../server/access/index.ts';
import type { Context } from '../server/platform/context.ts';
import { sql } from '../server/platform/database.ts';
import { atDatabase } from '../tests/setup/at-database.ts';
import { openWorld, type World } from '../tests/world.ts';
import { type Figure, inPairs, median, seconds } from './figure.ts';

const apps = 100;
const rules = 20;
const pairs = 7;

/**
 * The gap of a company of 10,000 with 100 apps, 1,000,000 grants wanted by rules and 1 % differences, as the application's role computes it, against the
 * same anti-join by hand; and how many rows of people the gap of one person reads in a company of any size.
 */
export async function bench(): Promise<Figure[]> {
  const alone = await inCompany(1, (world) => onePerson(world, 1));
  const among: { people: number; read: OnePerson }[] = [];
  for (const people of [50, 1_000]) among.push({ people, read: await inCompany(people, (world) => onePerson(world, people)) });
  return inCompany(10_000, async (world, pool) => {
    among.push({ people: 10_000, read: await onePerson(world, 10_000) });
    const seen = { ours: '', theirs: '' };
    const ours = async () => {
      const begun = performance.now();
      const { lines } = await world.run((ctx) => computeGap(ctx));
      const took = performance.now() - begun;
      seen.ours = digest(lines.map(({ change, personId, entitlementId }) => `${change} ${personId} ${entitlementId}`));
      return took;
    };
    const theirs = async () => {
      const begun = performance.now();
      const { rows } = await pool.query<{ change: string; person_id: string; entitlement_id: string }>(byHand, [world.organizationId]);
      const took = performance.now() - begun;
      seen.theirs = digest(rows.map((row) => `${row.change} ${row.person_id} ${row.entitlement_id}`));
      return took;
    };
    const found = await inPairs(pairs, ours, theirs, { warmUps: 2 });
    if (seen.ours !== seen.theirs) throw new Error(`The two sides found different things: ${seen.ours} and ${seen.theirs}.`);
    return [
      {
        what: 'Gap of 10,000 people × 100 apps, 1,000,000 grants',
        against: 'the same anti-join as one SQL statement',
        ours: seconds(median(found.ours)),
        theirs: seconds(median(found.theirs)),
        value: median(found.ratios),
        unit: '×',
        goal: { atMost: 2 },
        note: `The whole gap (whom rules mean brought up to date, what is missing, what is to be taken, each with its rule, way and words) in one transaction as the application's role, under row-level security; against one statement by hand as a superuser on the same tables, which returns the bare differences. Both sides must find the same (${seen.ours.split(' ')[0]} differences). Median of ${pairs} pairs.`,
      },
      ...among.map(
        ({ people, read }): Figure => ({
          what: `Gap of one person among ${people.toLocaleString('en')}, rows of people read`,
          against: 'somebody who is alone in the company',
          ours: `${total(read.ofPeople)} rows, ${seconds(read.milliseconds)}`,
          theirs: `${total(alone.ofPeople)} rows, ${seconds(alone.milliseconds)}`,
          value: total(read.ofPeople) / total(alone.ofPeople),
          unit: '×',
          goal: { atMost: 1.05 },
          ...(people === 10_000
            ? {
                note: `One person with ${apps} apps moves to another department. Rows of the tables that hold rows of people, read by the transaction that computes their gap, as PostgreSQL counts them (pg_stat_xact_user_tables): ${worded(read.ofPeople)}. Who is alone in the company can only have read their own, so the same number means that nobody else's are read. What apps, rules and readings there are is the same for everybody: ${read.ofCatalogue} rows. Median of 9 people, each with their own few differences.`,
              }
            : {}),
        }),
      ),
    ];
  });
}

const digest = (lines: string[]): string =>
  `${lines.length} ${createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 12)}`;

/** What differs, by hand: wanted and not held, given and not wanted. */
const byHand = `
  with wanted as (
    select m.person_id, g.app_id, e.id as entitlement_id from access_matches m
      join access_rules r on r.organization_id = m.organization_id and r.id = m.rule_id and r.archived_at is null
      join access_rule_grants g on g.organization_id = m.organization_id and g.rule_id = m.rule_id
      join apps_entitlements e on e.organization_id = g.organization_id and e.app_id = g.app_id and lower(e.name) = lower(g.entitlement)
    where m.organization_id = $1 and m.outcome)
  select 'grant' as change, w.person_id, w.entitlement_id from wanted w
  where not exists (select from apps_grants g join apps_accounts a on a.organization_id = g.organization_id and a.id = g.account_id
    where g.organization_id = $1 and g.entitlement_id = w.entitlement_id and a.person_id = w.person_id and a.status = 'active')
  union all
  select 'revoke', v.person_id, v.entitlement_id from access_given v
  where v.organization_id = $1 and v.taken_at is null and v.entitlement_id is not null
    and not exists (select from wanted w where w.person_id = v.person_id and w.entitlement_id = v.entitlement_id)`;

async function inCompany<T>(people: number, work: (world: World, pool: Pool) => Promise<T>): Promise<T> {
  const ends: (() => Promise<void>)[] = [];
  const world = await openWorld({ after: (end) => void ends.push(end) });
  const pool = new Pool({ connectionString: world.database.adminUrl, max: 1 });
  try {
    await fill(world, people);
    await world.run((ctx) => computeGap(ctx, { appId: '00000000-0000-0000-0000-000000000000' }));
    await atDatabase(world.database.adminUrl, (client) => client.query('vacuum analyze'));
    return await work(world, pool);
  } finally {
    await pool.end();
    for (const end of ends.reverse()) await end();
  }
}

/** Tables that hold rows of people; each row belongs to one of them. What apps, rules and readings there are is the same for everybody. */
const tablesOfPeople = [
  'people_people',
  'people_employments',
  'people_concealments',
  'apps_accounts',
  'apps_grants',
  'access_matches',
  'access_evaluated',
  'access_openings',
  'access_given',
  'access_decisions',
  'access_actions',
];

type OnePerson = { ofPeople: Record<string, number>; ofCatalogue: number; milliseconds: number };

/** How many rows the gap of somebody reads who has just moved to another department. */
async function onePerson(world: World, people: number): Promise<OnePerson> {
  const found: OnePerson[] = [];
  for (let index = 0; index < 11; index += 1) {
    const measured = await world.run(async (ctx) => {
      const moved = await ctx.db
        .selectFrom('people_roster')
        .select(['id', 'department', 'department_id'])
        .orderBy('id')
        .offset((index * 37) % people)
        .limit(1)
        .executeTakeFirstOrThrow();
      // The next department has other roles in every app.
      const name = `Department ${(Number(moved.department!.split(' ')[1]) + 1) % rules}`;
      const next = await ctx.db.selectFrom('people_departments').select('id').where('name', '=', name).executeTakeFirstOrThrow();
      await ctx.db.updateTable('people_people').set({ department_id: next.id }).where('id', '=', moved.id!).execute();
      const before = await rowsRead(ctx);
      const begun = performance.now();
      const { lines } = await computeGap(ctx, { personId: moved.id! });
      const milliseconds = performance.now() - begun;
      if (lines.length < 1.9 * apps) throw new Error(`Only ${lines.length} lines for somebody who moved.`);
      const after = await rowsRead(ctx);
      await ctx.db.updateTable('people_people').set({ department_id: moved.department_id }).where('id', '=', moved.id!).execute();
      const read = Object.fromEntries(Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)]));
      const ofPeople = Object.fromEntries(tablesOfPeople.map((table) => [table, read[table] ?? 0]));
      return { ofPeople, ofCatalogue: total(read) - total(ofPeople), milliseconds };
    });
    if (index > 1) found.push(measured);
  }
  const middle = (of: (measured: OnePerson) => number) => median(found.map(of));
  return {
    ofPeople: Object.fromEntries(tablesOfPeople.map((table) => [table, middle(({ ofPeople }) => ofPeople[table]!)])),
    ofCatalogue: middle(({ ofCatalogue }) => ofCatalogue),
    milliseconds: middle(({ milliseconds }) => milliseconds),
  };
}

const worded = (rows: Record<string, number>): string =>
  Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => `${table} ${count}`)
    .join(', ');

const total = (rows: Record<string, number>): number => Object.values(rows).reduce((sum, each) => sum + each, 0);

/** Rows read by this transaction, by table. */
async function rowsRead(ctx: Context): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; n: number }>`
    select relname as name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables`.execute(
    ctx.db,
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

/** Twenty departments with a rule each that gives one of four roles in every app; 1 in 200 grants is missing, 1 in 200 was given and is not wanted. */
async function fill(world: World, people: number): Promise<void> {
  await atDatabase(world.database.adminUrl, async (client) => {
    const run = (text: string) => client.query(text.replaceAll('$1', `'${world.organizationId}'::uuid`));
    // Millions of rows that are right as they stand: their keys are not looked up one by one.
    await client.query('set session_replication_role = replica');
    await run(
      `insert into people_departments (organization_id, name) select $1, 'Department ' || n from generate_series(0, ${rules - 1}) n`,
    );
    await run(`
      with d as (select array_agg(id order by length(name), name) as ids from people_departments where organization_id = $1),
        made as (insert into people_people (organization_id, id, given_name, family_name, employee_number, title, employment_type, department_id, work_address, source, created_at)
          select $1, uuidv7(), 'Given' || n, 'Family' || n % 977, 'E' || n, 'Engineer', 'employee', d.ids[1 + n % ${rules}], 'person' || n || '@fernhill.example', 'import', now()
          from generate_series(1, ${people}) n, d returning id)
      insert into people_employments (organization_id, person_id, start_date, created_at) select $1, id, '2024-01-01', now() from made`);
    await run(
      `insert into apps_apps (organization_id, name, writer, created_at) select $1, 'App ' || n, 'manual', now() from generate_series(0, ${apps - 1}) n`,
    );
    await run(`insert into apps_readings (organization_id, app_id, source, label, as_of, complete, created_at)
      select $1, id, 'list', 'List', now(), true, now() from apps_apps where organization_id = $1`);
    await run(`insert into apps_entitlements (organization_id, app_id, external_id, kind, name)
      select $1, a.id, 'role-' || n, 'role', 'Role ' || n from apps_apps a, generate_series(0, 3) n where a.organization_id = $1`);
    await run(`insert into apps_accounts (organization_id, app_id, external_id, address, status, status_observed_at, is_admin, kind, person_id, matched_how, observed_at, reading_id, first_seen_at, entitlements_observed_at)
      select $1, r.app_id, p.work_address, p.work_address, 'active', now(), false, 'person', p.id, 'address', now(), r.id, now(), now()
      from people_people p, apps_readings r where p.organization_id = $1 and r.organization_id = $1`);
    await run(`with made as (insert into access_rules (organization_id, name, condition_text, revision, created_at, changed_at, changed_by)
        select $1, name || ' gets its roles', 'person.department == "' || name || '"', row_number() over (order by name), now(), now(), 'bench' from people_departments where organization_id = $1
        returning id, name)
      insert into access_rule_grants (organization_id, rule_id, app_id, entitlement)
      select $1, m.id, a.id, 'Role ' || (substring(m.name from '[0-9]+')::int + substring(a.name from '[0-9]+')::int) % 4
      from made m, apps_apps a where a.organization_id = $1`);
    await run(`create temporary table roles as
      select d.id as department_id, g.app_id, r.id as rule_id, e.id as entitlement_id, other.id as other_id
      from people_departments d join access_rules r on r.organization_id = $1 and r.name = d.name || ' gets its roles'
        join access_rule_grants g on g.organization_id = $1 and g.rule_id = r.id
        join apps_entitlements e on e.organization_id = $1 and e.app_id = g.app_id and e.name = g.entitlement
        join apps_entitlements other on other.organization_id = $1 and other.app_id = g.app_id
          and other.name = 'Role ' || (right(g.entitlement, 1)::int + 1) % 4
      where d.organization_id = $1`);
    await client.query('analyze');
    await run(`create temporary table wanted as
      select a.id as account_id, a.person_id, r.*, (hashtextextended(p.employee_number || r.app_id, 0) & 2147483647) % 200 as dice
      from apps_accounts a join people_people p on p.organization_id = $1 and p.id = a.person_id
        join roles r on r.department_id = p.department_id and r.app_id = a.app_id where a.organization_id = $1`);
    await run(`insert into apps_grants (organization_id, account_id, entitlement_id, origin, observed_at)
      select $1, account_id, entitlement_id, 'rule', now() from wanted where dice <> 0
      union all select $1, account_id, other_id, 'rule', now() from wanted where dice = 1`);
    await run(`insert into access_given (organization_id, person_id, app_id, entitlement_id, origin, rule_id, given_at)
      select $1, person_id, app_id, entitlement_id, 'rule', rule_id, now() from wanted where dice <> 0
      union all select $1, person_id, app_id, other_id, 'rule', rule_id, now() from wanted where dice = 1`);
    await client.query('vacuum analyze');
  });
}
