import { Pool } from 'pg';
import { atDatabase } from '../tests/setup/at-database.ts';
import { openWorld, type World } from '../tests/world.ts';
import { type Figure, inPairs, median, seconds } from './figure.ts';

const people = 100_000;
const pairs = 15;

/** What is asked of the list, and the same as SQL by hand: the same rows in the same order, and how many there are in all. */
const questions = [
  { what: 'List of people, first page', query: 'limit=100', where: '', values: [] as string[], offset: 0 },
  { what: 'List of people, page 500', query: 'limit=100&offset=50000', where: '', values: [], offset: 50_000 },
  {
    what: 'Search of people, some found',
    query: 'limit=100&search=halvorsen75',
    where: 'and words like $2',
    values: ['%halvorsen75%'],
    offset: 0,
  },
  {
    what: 'Search of people, one found',
    query: 'limit=100&search=person77777%40',
    where: 'and words like $2',
    values: ['%person77777@%'],
    offset: 0,
  },
];

const words = `lower(p.given_name || ' ' || coalesce(p.family_name, '') || ' ' || coalesce(p.preferred_name, '') || ' ' || coalesce(p.work_address, '') || ' ' || coalesce(p.employee_number, '') || ' ' || coalesce(p.title, ''))`;
const by = 'lower(p.family_name), lower(p.given_name), p.id';
const handWritten = (where: string, offset: number) => ({
  page: `select p.id, p.given_name, p.family_name, p.title, d.name as department, l.name as location, p.manager_id, m.given_name as manager_given_name, m.family_name as manager_family_name,
      p.employment_type, p.work_address, e.start_date, e.left_at, p.leave_from, p.leave_until, coalesce(p.time_zone, l.time_zone) as time_zone,
      (select count(*) from apps_accounts a where a.organization_id = p.organization_id and a.person_id = p.id) as accounts
    from people_people p
      join people_employments e on e.organization_id = p.organization_id and e.person_id = p.id and e.current
      left join people_departments d on d.organization_id = p.organization_id and d.id = p.department_id
      left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id
      left join people_people m on m.organization_id = p.organization_id and m.id = p.manager_id
    where p.organization_id = $1 and p.erased_at is null ${where.replace('words', words)} order by ${by} limit 100 offset ${offset}`,
  total: `select count(*) from people_people p where p.organization_id = $1 and p.erased_at is null ${where.replace('words', words)}`,
});

/** The list route of a company of 100,000, through the whole HTTP application; against hand-written SQL through the driver, without row-level security. */
export async function bench(): Promise<Figure[]> {
  const ends: (() => Promise<void>)[] = [];
  const world = await openWorld({ after: (work) => void ends.push(work) });
  const pool = new Pool({ connectionString: world.database.adminUrl, max: 2 });
  try {
    await fill(world);
    const figures: Figure[] = [];
    for (const { what, query, where, values, offset } of questions) {
      const sql = handWritten(where, offset);
      const ours = async () => {
        const begun = performance.now();
        const answer = await world.owner('get', `/people?${query}`);
        const took = performance.now() - begun;
        if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        seen.ours = `${answer.body.total} ${answer.body.rows.length} ${answer.body.rows[0]?.id}`;
        return took;
      };
      const theirs = async () => {
        const begun = performance.now();
        const total = await pool.query(sql.total, [world.organizationId, ...values]);
        const page = await pool.query(sql.page, [world.organizationId, ...values]);
        const took = performance.now() - begun;
        seen.theirs = `${total.rows[0].count} ${page.rows.length} ${page.rows[0]?.id}`;
        return took;
      };
      const seen = { ours: '', theirs: '' };
      const found = await inPairs(pairs, ours, theirs, { warmUps: 3 });
      if (seen.ours !== seen.theirs) throw new Error(`The two sides found different things: ${seen.ours} and ${seen.theirs}.`);
      figures.push({
        what: `${what}, of ${people.toLocaleString('en')}`,
        against: 'SQL by hand',
        ours: seconds(median(found.ours)),
        theirs: seconds(median(found.theirs)),
        value: median(found.ratios),
        unit: '×',
        goal: { atMost: 3 },
        note: `GET /people?${query} through routing, sign-in by token, permission, row-level security and validation, without a network; against two statements by hand (a page of 100 and the number of all) as a superuser. Both sides must find the same. Median of ${pairs} pairs.`,
      });
    }
    return figures;
  } finally {
    await pool.end();
    for (const end of ends.reverse()) await end();
  }
}

async function fill(world: World): Promise<void> {
  await atDatabase(world.database.adminUrl, async (client) => {
    const values = [world.organizationId];
    await client.query(
      `insert into people_departments (organization_id, name) select $1, 'Department ' || n from generate_series(1, 40) n`,
      values,
    );
    await client.query(
      `insert into people_locations (organization_id, name, time_zone) select $1, 'Place ' || n, 'Europe/Berlin' from generate_series(1, 12) n`,
      values,
    );
    await client.query(
      `with d as (select array_agg(id) as ids from people_departments where organization_id = $1), l as (select array_agg(id) as ids from people_locations where organization_id = $1),
        made as (insert into people_people (organization_id, id, given_name, family_name, employee_number, title, employment_type, department_id, location_id, work_address, source, created_at)
          select $1, uuidv7(), (array['Ines', 'Noor', 'Owen', 'Camille', 'Bilal', 'Tove', 'Anselm', 'Yuki'])[1 + n % 8], (array['Halvorsen', 'Okafor', 'Lindqvist', 'Marchetti', 'Brandt'])[1 + n % 5] || n,
            'E' || n, 'Engineer', 'employee', d.ids[1 + n % 40], l.ids[1 + n % 12], 'person' || n || '@fernhill.example', 'import', now()
          from generate_series(1, ${people}) n, d, l returning id)
      insert into people_employments (organization_id, person_id, start_date, created_at) select $1, id, '2024-01-01', now() from made`,
      values,
    );
    await client.query(
      `with b as (select array_agg(id) as ids from (select id from people_people where organization_id = $1 order by id limit 1024) first)
      update people_people p set manager_id = b.ids[1 + (hashtext(p.employee_number) & 1023)] from b where p.organization_id = $1 and p.id <> b.ids[1 + (hashtext(p.employee_number) & 1023)]`,
      values,
    );
    await client.query('vacuum analyze');
  });
}
