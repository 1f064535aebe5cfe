import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type AccountState, accountState } from './account-state.ts';
import { appsInReach } from './app-reach.ts';
import { describeAccount } from './describe-account.ts';

/** An account with its app, its person and why it is what it is. Instants are ISO 8601. */
export type AccountLine = {
  id: string;
  appId: string;
  app: string;
  writer: string;
  deepLink: string | null;
  ownerPersonId: string | null;
  owner: string | null;
  userName: string | null;
  address: string | null;
  displayName: string | null;
  externalId: string;
  state: AccountState;
  status: string | null;
  reason: string;
  isAdmin: boolean | null;
  role: string | null;
  kind: string;
  personId: string | null;
  person: string | null;
  matchedHow: string | null;
  suggestedPersonId: string | null;
  suggestedPerson: string | null;
  suggestedWhy: string | null;
  serviceOwnerId: string | null;
  serviceOwner: string | null;
  lastActivityAt: string | null;
  asOf: string;
  source: string;
  label: string;
  leftAt: string | null;
  timeZone: string | null;
};

export type Condition = ReturnType<typeof sql<boolean>>;

export type AccountFilter = 'zombie' | 'unknown' | 'orphan' | 'service' | 'suspended' | 'fine' | 'gone' | 'suggested' | 'unowned' | 'there';

const filters: Record<AccountFilter, Condition> = {
  zombie: sql<boolean>`k.state = 'zombie'`,
  unknown: sql<boolean>`k.state = 'unknown'`,
  orphan: sql<boolean>`k.state = 'orphan'`,
  service: sql<boolean>`k.state = 'service'`,
  suspended: sql<boolean>`k.state = 'suspended'`,
  fine: sql<boolean>`k.state = 'fine'`,
  gone: sql<boolean>`k.state = 'gone'`,
  there: sql<boolean>`k.state <> 'gone'`,
  suggested: sql<boolean>`k.state = 'orphan' and a.suggested_person_id is not null`,
  unowned: sql<boolean>`k.state = 'service' and (a.service_owner_id is null or o.status = 'left')`,
};

/** Accounts joined with all that describes them; `k.state` is what they are. */
const joined = (ctx: Context) => sql`
  apps_accounts a
  join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id and s.archived_at is null and ${appsInReach(ctx, 's')}
  join apps_readings g on g.organization_id = a.organization_id and g.id = a.reading_id
  left join people_roster p on p.id = a.person_id
  left join people_roster u on u.id = a.suggested_person_id
  left join people_roster o on o.id = a.service_owner_id
  left join people_roster w on w.id = s.owner_person_id
  cross join lateral (select ${accountState} as state) k`;

const columns = sql`
  a.id, a.app_id as "appId", s.name as app, s.writer, s.deep_link as "deepLink", s.owner_person_id as "ownerPersonId", w.name as owner,
  a.user_name as "userName", a.address, a.display_name as "displayName", a.external_id as "externalId", k.state, a.status, a.is_admin as "isAdmin", a.role,
  a.kind, a.person_id as "personId", p.name as person, a.matched_how as "matchedHow", a.suggested_person_id as "suggestedPersonId",
  u.name as "suggestedPerson", a.suggested_why as "suggestedWhy", a.service_owner_id as "serviceOwnerId", o.name as "serviceOwner",
  a.last_activity_at as "lastActivityAt", a.observed_at as "asOf", g.source, g.label, p.left_at as "leftAt", p.time_zone as "timeZone",
  g.tells_status as "tellsStatus", p.status as "personStatus", p.last_working_day as "lastWorkingDay", p.cut_off_local as "cutOffLocal",
  p.cut_off_zone as "cutOffZone", p.place as location`;

type Raw = Omit<AccountLine, 'reason'> & {
  tellsStatus: boolean;
  personStatus: string | null;
  lastWorkingDay: string | null;
  cutOffLocal: string | null;
  cutOffZone: string | null;
  location: string | null;
};

/** Reads accounts that fit `where`, in `order`, with their reasons. */
export async function readAccounts(
  ctx: Context,
  input: { where: Condition; order: ReturnType<typeof sql>; limit: number; offset: number },
): Promise<AccountLine[]> {
  const { rows } = await sql<Raw>`
    select ${columns} from ${joined(ctx)} where ${input.where} order by ${input.order} limit ${input.limit} offset ${input.offset}`.execute(
    ctx.db,
  );
  const organization = await ctx.db.selectFrom('identity_organizations').select('time_zone').executeTakeFirstOrThrow();
  return rows.map((row) => described(row, organization.time_zone, ctx.now));
}

/** How many accounts, and of how many people, fit each condition; in one pass over all. */
export async function countAccounts(ctx: Context, conditions: Condition[]): Promise<{ accounts: number; people: number }[]> {
  const counts = conditions.map(
    (where, at) =>
      sql`count(*) filter (where ${where})::int as ${sql.ref(`a${at}`)}, count(distinct a.person_id) filter (where ${where})::int as ${sql.ref(`p${at}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)} from ${joined(ctx)}`.execute(ctx.db);
  return conditions.map((_, at) => ({ accounts: rows[0]![`a${at}`]!, people: rows[0]![`p${at}`]! }));
}

function described(row: Raw, timeZone: string, now: Temporal.Instant): AccountLine {
  const { tellsStatus, personStatus, lastWorkingDay, cutOffLocal, cutOffZone, location, ...line } = row;
  const { reason } = describeAccount(
    {
      status: line.status,
      kind: line.kind,
      app: line.app,
      source: line.source,
      label: line.label,
      observedAt: line.asOf,
      tellsStatus,
      lastActivityAt: line.lastActivityAt,
      suggestedWhy: line.suggestedWhy,
      serviceOwner: line.serviceOwner,
      person:
        line.person === null
          ? null
          : {
              name: line.person,
              status: personStatus!,
              lastWorkingDay,
              cutOffLocal,
              cutOffZone,
              leftAt: line.leftAt,
              timeZone: line.timeZone!,
              location,
            },
    },
    timeZone,
    now,
  );
  return { ...line, reason };
}

const byNeed = sql`array_position(array['zombie', 'unknown', 'orphan', 'service', 'suspended', 'fine', 'gone'], k.state), lower(coalesce(a.user_name, a.address, a.external_id)), a.id`;

/** The accounts of an app (or of all), those that need somebody first. */
export async function listAccounts(
  ctx: Context,
  input: { appId?: string; filter?: AccountFilter; search?: string; personId?: string; limit: number; offset: number },
): Promise<{ rows: AccountLine[]; total: number }> {
  const words = input.search?.trim().toLowerCase();
  const conditions = [
    filters[input.filter ?? 'there'],
    input.appId ? sql<boolean>`a.app_id = ${input.appId}` : sql<boolean>`true`,
    input.personId ? sql<boolean>`a.person_id = ${input.personId} and a.kind = 'person'` : sql<boolean>`true`,
    words
      ? sql<boolean>`position(${words} in lower(concat_ws(' ', a.user_name, a.address, a.display_name, a.external_id, p.name))) > 0`
      : sql<boolean>`true`,
  ];
  const where = sql<boolean>`${sql.join(conditions, sql` and `)}`;
  const rows = await readAccounts(ctx, { where, order: byNeed, limit: input.limit, offset: input.offset });
  const all = input.offset === 0 && rows.length < input.limit ? rows.length : (await countAccounts(ctx, [where]))[0]!.accounts;
  return { rows, total: all };
}
