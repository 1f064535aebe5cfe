import type { RawBuilder } from 'kysely';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { PersonFacts } from '../platform/person-facts.ts';
import { peopleInReach } from './people-in-reach.ts';

/** Kept views of the roster. `now`: who has not left, and who has and can still sign in. `here`: who has not left. `left-active`: has left and can still sign in somewhere. */
export const peopleViews = ['now', 'here', 'left-active', 'leaving', 'joining', 'away', 'no-manager', 'left', 'all'] as const;
export type PeopleView = (typeof peopleViews)[number];
export const peopleSorts = ['need', 'name', 'department', 'location', 'start', 'left'] as const;
export type PeopleSort = (typeof peopleSorts)[number];

export type PeopleFilter = {
  view: PeopleView;
  search?: string | undefined;
  status?: string | undefined;
  departmentId?: string | undefined;
  locationId?: string | undefined;
  managerId?: string | undefined;
  employmentType?: string | undefined;
  appId?: string | undefined;
  sort: PeopleSort;
  descending: boolean;
  limit: number;
  offset: number;
};

export type PersonLine = {
  id: string;
  name: string;
  title: string | null;
  department: string | null;
  location: string | null;
  managerId: string | null;
  manager: string | null;
  employmentType: string | null;
  workAddress: string | null;
  status: 'working' | 'away' | 'leaving' | 'left' | 'joining';
  leftAt: string | null;
  startDate: string | null;
  leaveUntil: string | null;
  timeZone: string;
  place: string | null;
  accounts: number;
  open: number;
  /** Why somebody should look: has left and can still sign in. */
  canStillSignIn: boolean;
};

/** How many words find at most; more are not told apart by anybody. */
const mostFound = 2_000;

const id = sql<string>`p.id`;

const viewOf = (view: PeopleView, facts: PersonFacts): RawBuilder<boolean> =>
  ({
    now: sql<boolean>`(p.status <> 'left' or ${facts.canSignIn(id)})`,
    here: sql<boolean>`p.status not in ('left', 'joining')`,
    'left-active': sql<boolean>`p.status = 'left' and ${facts.canSignIn(id)}`,
    leaving: sql<boolean>`p.status = 'leaving'`,
    joining: sql<boolean>`p.status = 'joining'`,
    away: sql<boolean>`p.status = 'away'`,
    'no-manager': sql<boolean>`p.manager_id is null and p.status <> 'left'`,
    left: sql<boolean>`p.status = 'left'`,
    all: sql<boolean>`true`,
  })[view];

const name = sql`lower(p.family_name), lower(p.given_name), p.id`;
const nameDown = sql`lower(p.family_name) desc nulls last, lower(p.given_name) desc, p.id desc`;

function orderOf(filter: PeopleFilter, facts: PersonFacts): RawBuilder<unknown> {
  const way = sql.raw(filter.descending ? 'desc nulls last' : 'asc nulls last');
  switch (filter.sort) {
    case 'name':
      return filter.descending ? nameDown : name;
    case 'department':
      return sql`lower(p.department) ${way}, ${name}`;
    case 'location':
      return sql`lower(p.location) ${way}, ${name}`;
    case 'start':
      return sql`p.start_date ${way}, ${name}`;
    case 'left':
      return sql`p.left_at ${way}, ${name}`;
    case 'need':
      return sql`case p.status when 'leaving' then 1 when 'joining' then 2 when 'away' then 3 when 'working' then 4
        else case when ${facts.canSignIn(id)} then 0 else 5 end end, ${name}`;
  }
}

/** The people within reach who match, a page at a time. Reads the roster only, so a leaving that is hidden from who looks counts as none. */
export async function listPeople(ctx: Context, filter: PeopleFilter, facts: PersonFacts): Promise<{ rows: PersonLine[]; total: number }> {
  const where = sql<boolean>`p.erased_at is null and ${sql.join(conditionsOf(ctx, filter, facts), sql` and `)}`;
  const { rows: counted } = await sql<{
    total: number;
  }>`select count(*)::int as total from ${sql.table(countsFrom(filter))} p where ${where}`.execute(ctx.db);
  const { rows } = await sql<Omit<PersonLine, 'accounts' | 'open' | 'canStillSignIn'>>`
    with page as materialized (select p.* from people_roster p where ${where} order by ${orderOf(filter, facts)} limit ${filter.limit} offset ${filter.offset})
    select p.id, p.name, p.title, p.department, p.location, p.manager_id as "managerId", coalesce(m.preferred_name, m.given_name) || coalesce(' ' || m.family_name, '') as manager,
      p.employment_type as "employmentType", p.work_address as "workAddress", p.status, p.left_at as "leftAt", p.start_date as "startDate", p.leave_until as "leaveUntil",
      p.time_zone as "timeZone", p.place
    from page p left join people_people m on m.organization_id = p.organization_id and m.id = p.manager_id order by ${orderOf(filter, facts)}`.execute(
    ctx.db,
  );
  const counts = await facts.countAccounts(
    ctx,
    rows.map((row) => row.id),
  );
  return {
    total: counted[0]?.total ?? 0,
    rows: rows.map((row) => {
      const { accounts, open } = counts.get(row.id) ?? { accounts: 0, open: 0 };
      return { ...row, accounts, open, canStillSignIn: row.status === 'left' && open > 0 };
    }),
  };
}

/** Where no filter asks for a status, counting needs the people alone. */
const countsFrom = (filter: PeopleFilter) => (filter.view === 'all' && !filter.status ? 'people_people' : 'people_roster');

function conditionsOf(ctx: Context, filter: PeopleFilter, facts: PersonFacts): RawBuilder<boolean>[] {
  const conditions = [viewOf(filter.view, facts), peopleInReach(ctx, id)];
  if (filter.search) conditions.push(sql<boolean>`p.id in (select found.id from search_people(${filter.search}, ${mostFound}) found)`);
  if (filter.status) conditions.push(sql<boolean>`p.status = ${filter.status}`);
  if (filter.departmentId) conditions.push(sql<boolean>`p.department_id = ${filter.departmentId}`);
  if (filter.locationId) conditions.push(sql<boolean>`p.location_id = ${filter.locationId}`);
  if (filter.managerId) conditions.push(sql<boolean>`p.manager_id = ${filter.managerId}`);
  if (filter.employmentType) conditions.push(sql<boolean>`p.employment_type = ${filter.employmentType}`);
  if (filter.appId) conditions.push(facts.hasAccountIn(id, filter.appId));
  return conditions;
}

/** How many people each kept view has, within reach. */
export async function countPeopleViews(ctx: Context, facts: PersonFacts): Promise<Record<PeopleView, number>> {
  const counts = sql.join(peopleViews.map((view) => sql`(count(*) filter (where ${viewOf(view, facts)}))::int as ${sql.ref(view)}`));
  const { rows } = await sql<Record<PeopleView, number>>`
    select ${counts} from people_roster p where p.erased_at is null and ${peopleInReach(ctx, id)}`.execute(ctx.db);
  return rows[0]!;
}
