import { type AccountLine, readAccounts } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import {
  type AccountKind,
  accountKinds,
  accountsWithState,
  appsWithOwners,
  type FindingKind,
  findingKinds,
  hasOneOwner,
  holds,
  holdsAs,
  isAccountKind,
  isExcepted,
  unknown,
} from './kinds.ts';
import { unjudgedPrograms, widePrograms } from './list-app-grants.ts';

/** `open`: on the list. `accepted`: stays as it is for now, because somebody said why. */
export const findingViews = ['open', 'accepted'] as const;
export type FindingView = (typeof findingViews)[number];

/** One thing on a list. What does not apply is null. `why` is one or two plain sentences; `firstSeenAt` null: seen only now. */
export type Finding = {
  kind: FindingKind;
  subject: string;
  appId: string;
  app: string;
  accountId: string | null;
  account: AccountLine | null;
  personId: string | null;
  who: string;
  program: string | null;
  people: number | null;
  why: string;
  onlyAdmin: boolean;
  underWay: string | null;
  askedAt: string | null;
  firstSeenAt: string | null;
  exception: { reason: string; until: string; by: string } | null;
};

export type FindingCount = { kind: FindingKind; open: number; fresh: number; accepted: number; unknown: number; of: number };

/** So long something counts as new. */
const freshHours = 24 * 7;
/** What an app shows within so long of its first reading was there before: nothing of it is news. */
const firstHours = 24;

const isFresh = (ctx: Context) => sql<boolean>`(f.first_seen_at > ${ctx.now.subtract({ hours: freshHours }).toString()}
  and f.first_seen_at > (select min(r.created_at) from apps_readings r where r.organization_id = f.organization_id and r.app_id = f.app_id) + make_interval(hours => ${firstHours}))`;

/** How many stand on each list, how many of them are new since a week ago, and of how many accounts nobody can say. */
export async function countFindings(ctx: Context): Promise<FindingCount[]> {
  const standing = await countStanding(ctx);
  const fresh = await countFresh(ctx);
  const programs = await programRows(ctx);
  const unjudged = await unjudgedPrograms(ctx);
  const grants: FindingCount = {
    kind: 'app-grant',
    open: programs.filter(({ exception }) => exception === null).length,
    accepted: programs.filter(({ exception }) => exception !== null).length,
    fresh: programs.filter(({ exception, fresh }) => exception === null && fresh).length,
    unknown: unjudged.reduce((sum, { unknown: programs }) => sum + programs, 0),
    of: unjudged.reduce((sum, { of }) => sum + of, 0),
  };
  return [...standing.map((row) => ({ ...row, fresh: fresh.get(row.kind) ?? 0 })), grants];
}

/** The account or app that a finding or exception is about; of programs null. */
const idOf = (table: 'e' | 'f') =>
  table === 'e'
    ? sql`case when e.kind <> 'app-grant' then e.subject::uuid end`
    : sql`case when f.kind <> 'app-grant' then f.subject::uuid end`;

/** How many of accounts and apps stand on each list, in one pass over them. */
async function countStanding(ctx: Context): Promise<Omit<FindingCount, 'fresh'>[]> {
  const columns = accountKinds.flatMap((kind) => [
    sql`count(*) filter (where ${holds[kind]})::int as ${sql.ref(`${kind} there`)}`,
    sql`count(*) filter (where ${unknown[kind]})::int as ${sql.ref(`${kind} unknown`)}`,
  ]);
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(columns)}, count(*) filter (where k.state in ('fine', 'orphan', 'zombie', 'unknown'))::int as of from ${accountsWithState}`.execute(
    ctx.db,
  );
  const { rows: apps } = await sql<{ there: number; of: number }>`
    select count(*) filter (where ${hasOneOwner})::int as there, count(*)::int as of from ${appsWithOwners} where s.archived_at is null`.execute(
    ctx.db,
  );
  const { rows: accepted } = await sql<{ kind: string; accepted: number }>`
    select e.kind, count(*)::int as accepted from hygiene_exceptions e join (${accountsWithState}) on a.id = ${idOf('e')}
      where e.withdrawn_at is null and e.until > groundcrew_now() and ${holdsAs(sql`e.kind`)} group by e.kind
    union all
    select e.kind, count(*)::int from hygiene_exceptions e join (${appsWithOwners}) on s.id = ${idOf('e')}
      where e.kind = 'one-owner' and e.withdrawn_at is null and e.until > groundcrew_now() and ${hasOneOwner} group by e.kind`.execute(
    ctx.db,
  );
  const of = (kind: FindingKind, there: number, unknowns: number, all: number) => {
    const excepted = accepted.find((row) => row.kind === kind)?.accepted ?? 0;
    return { kind, open: there - excepted, accepted: excepted, unknown: unknowns, of: all };
  };
  const counts = rows[0]!;
  return [
    ...accountKinds.map((kind) => of(kind, counts[`${kind} there`]!, counts[`${kind} unknown`]!, counts.of!)),
    of('one-owner', apps[0]!.there, 0, apps[0]!.of),
  ];
}

/** How many of accounts and apps came onto each list within a week and still stand there: looked up from what came, not by going through all. */
async function countFresh(ctx: Context): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; fresh: number }>`
    select f.kind, count(*)::int as fresh from hygiene_findings f join (${accountsWithState}) on a.id = ${idOf('f')}
      where f.cleared_at is null and ${isFresh(ctx)} and ${holdsAs(sql`f.kind`)} and not ${isExcepted(sql`f.kind`, sql`f.subject`)} group by f.kind
    union all
    select f.kind, count(*)::int from hygiene_findings f join (${appsWithOwners}) on s.id = ${idOf('f')}
      where f.kind = 'one-owner' and f.cleared_at is null and ${isFresh(ctx)} and ${hasOneOwner} and not ${isExcepted(sql`f.kind`, sql`f.subject`)} group by f.kind`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ kind, fresh }) => [kind, fresh]));
}

/** How many are new on each list since a week ago, those without any left out. */
export async function countNew(ctx: Context): Promise<{ kind: FindingKind; fresh: number }[]> {
  const fresh = await countFresh(ctx);
  const programs = (await programRows(ctx)).filter(({ exception, fresh: isNew }) => exception === null && isNew).length;
  return findingKinds
    .map((kind) => ({ kind, fresh: kind === 'app-grant' ? programs : (fresh.get(kind) ?? 0) }))
    .filter(({ fresh: count }) => count > 0);
}

type Page = { view: FindingView; limit: number; offset: number; fresh?: boolean | undefined; appId?: string | undefined };

/** One list, what is new first. */
export async function listFindings(ctx: Context, kind: FindingKind, page: Page): Promise<{ rows: Finding[]; total: number }> {
  if (isAccountKind(kind)) return accountFindings(ctx, kind, page);
  return kind === 'one-owner' ? ownerFindings(ctx, page) : grantFindings(ctx, page);
}

type Seen = { firstSeenAt: string | null; exception: Finding['exception'] };

const seenColumns = sql`f.first_seen_at as "firstSeenAt", case when e.id is null then null else jsonb_build_object('reason', e.reason, 'until', e.until, 'by', e.decided_by) end as exception`;
const seenJoins = (kind: FindingKind, subject: ReturnType<typeof sql>, organization: ReturnType<typeof sql>) => sql`
  left join hygiene_findings f on f.organization_id = ${organization} and f.kind = ${kind} and f.subject = ${subject} and f.cleared_at is null
  left join hygiene_exceptions e on e.organization_id = ${organization} and e.kind = ${kind} and e.subject = ${subject} and e.withdrawn_at is null and e.until > groundcrew_now()`;

async function accountFindings(ctx: Context, kind: AccountKind, page: Page): Promise<{ rows: Finding[]; total: number }> {
  const { rows } = await sql<Seen & { id: string; onlyAdmin: boolean; underWay: string | null; askedAt: string | null; total: number }>`
    select a.id, ${seenColumns}, count(*) over ()::int as total,
      (a.is_admin is true and not exists (select from apps_accounts o where o.app_id = a.app_id and o.id <> a.id and o.is_admin and o.status = 'active')) as "onlyAdmin",
      (select x.plan_id from access_actions x join access_plans pl on pl.organization_id = x.organization_id and pl.id = x.plan_id and pl.purpose = 'hygiene'
        where x.account_id = a.id and x.kind <> 'revoke-app-grant' and x.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey', 'asked')
        order by x.id desc limit 1) as "underWay",
      (select t.created_at from tasks_tasks t where t.about_kind = 'hygiene' and t.about_id = a.id and t.status = 'open' order by t.created_at desc limit 1) as "askedAt"
    from ${accountsWithState} ${seenJoins(kind, sql`a.id::text`, sql`a.organization_id`)}
    where ${holds[kind]} and (e.id is not null) = ${page.view === 'accepted'} and ${page.fresh ? isFresh(ctx) : sql`true`}
      and ${page.appId ? sql`a.app_id = ${page.appId}` : sql`true`}
    order by f.first_seen_at desc nulls first, a.is_admin is true desc, lower(s.name), lower(coalesce(p.name, a.user_name, a.external_id)), a.id
    limit ${page.limit} offset ${page.offset}`.execute(ctx.db);
  const ids = rows.map(({ id }) => id);
  const accounts = new Map(
    (await readAccounts(ctx, { where: sql<boolean>`a.id = any (${ids}::uuid[])`, order: sql`a.id`, limit: ids.length + 1, offset: 0 })).map(
      (account) => [account.id, account],
    ),
  );
  return {
    rows: rows.flatMap(({ id, total: _, ...seen }) => {
      const account = accounts.get(id);
      if (!account) return [];
      const name = account.userName ?? account.address ?? account.displayName ?? account.externalId;
      return [
        {
          kind,
          subject: id,
          appId: account.appId,
          app: account.app,
          accountId: id,
          account,
          personId: account.personId,
          who: account.person ?? name,
          program: null,
          people: null,
          why: whyOf(kind, account, seen.onlyAdmin),
          ...seen,
        },
      ];
    }),
    total: rows[0]?.total ?? 0,
  };
}

function whyOf(kind: AccountKind, account: AccountLine, onlyAdmin: boolean): string {
  switch (kind) {
    case 'second-factor':
      return `Signs in to ${account.app} without a second factor.`;
    case 'administrator': {
      const role = account.role ? ` (${account.role})` : '';
      return onlyAdmin
        ? `The only account known to be an administrator of ${account.app}${role}.`
        : `An administrator of ${account.app}${role}. ${account.reason}`;
    }
    case 'outside':
      return `${account.app} says that it belongs to somebody outside the company. ${account.reason}`;
    default:
      return account.reason;
  }
}

const rowOf = (part: Pick<Finding, 'kind' | 'subject' | 'appId' | 'app' | 'who' | 'why'> & Seen): Finding => ({
  accountId: null,
  account: null,
  personId: null,
  program: null,
  people: null,
  onlyAdmin: false,
  underWay: null,
  askedAt: null,
  ...part,
});

async function ownerFindings(ctx: Context, page: Page): Promise<{ rows: Finding[]; total: number }> {
  const { rows } = await sql<
    Seen & { id: string; name: string; owner: string | null; ownerLeft: boolean; deputy: string | null; deputyLeft: boolean; total: number }
  >`
    select s.id, s.name, w.name as owner, coalesce(w.status = 'left', false) as "ownerLeft", d.name as deputy, coalesce(d.status = 'left', false) as "deputyLeft",
      ${seenColumns}, count(*) over ()::int as total
    from ${appsWithOwners} ${seenJoins('one-owner', sql`s.id::text`, sql`s.organization_id`)}
    where ${hasOneOwner} and (e.id is not null) = ${page.view === 'accepted'} and ${page.fresh ? isFresh(ctx) : sql`true`}
      and ${page.appId ? sql`s.id = ${page.appId}` : sql`true`}
    order by (w.id is null or w.status = 'left') desc, lower(s.name), s.id limit ${page.limit} offset ${page.offset}`.execute(ctx.db);
  return {
    rows: rows.map(({ id, name, owner, ownerLeft, deputy, deputyLeft, firstSeenAt, exception }) => {
      const first = owner === null ? 'Nobody owns it' : ownerLeft ? `${owner}, who owns it, has left` : `Only ${owner} answers for it`;
      const second = deputy === null ? 'nobody stands in' : deputyLeft ? `${deputy}, who stood in, has left` : `${deputy} stands in`;
      const why = `${first}${owner !== null && !ownerLeft && deputy === null ? '' : `, and ${second}`}.`;
      return rowOf({ kind: 'one-owner', subject: id, appId: id, app: name, who: name, why, firstSeenAt, exception });
    }),
    total: rows[0]?.total ?? 0,
  };
}

/** Every program with wide scopes, with what is known of it as a finding. */
async function programRows(ctx: Context) {
  const programs = await widePrograms(ctx);
  const subjects = programs.map(({ subject }) => subject);
  const { rows } = await sql<Seen & { subject: string; fresh: boolean }>`
    select w.subject, ${seenColumns}, coalesce(${isFresh(ctx)}, false) as fresh from unnest(${subjects}::text[]) as w(subject)
    ${seenJoins('app-grant', sql`w.subject`, sql`${ctx.organizationId}::uuid`)}`.execute(ctx.db);
  const seen = new Map(rows.map(({ subject, ...row }) => [subject, row]));
  return programs.map((program) => ({ ...program, ...seen.get(program.subject)! }));
}

async function grantFindings(ctx: Context, page: Page): Promise<{ rows: Finding[]; total: number }> {
  const all = (await programRows(ctx)).filter(
    ({ exception, fresh, appId }) =>
      (exception !== null) === (page.view === 'accepted') && (!page.fresh || fresh) && (page.appId === undefined || page.appId === appId),
  );
  return {
    rows: all
      .slice(page.offset, page.offset + page.limit)
      .map(({ subject, appId, app, program, name, wide, notJudged, people, firstSeenAt, exception }) => ({
        ...rowOf({
          kind: 'app-grant',
          subject,
          appId,
          app,
          who: name,
          why: `May ${wide.join('; ')}${notJudged.length > 0 ? `, and what nobody here has judged: ${notJudged.join(', ')}` : ''}.`,
          firstSeenAt,
          exception,
        }),
        program,
        people,
      })),
    total: all.length,
  };
}
