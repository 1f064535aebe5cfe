import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { accountState } from './account-state.ts';
import { appsInReach } from './app-reach.ts';

/** How the accounts of an app stand: each account that is there counts once in the states; `suggested` are orphans with somebody suggested. */
export type AccountCounts = {
  accounts: number;
  zombies: number;
  unknown: number;
  orphans: number;
  suggested: number;
  services: number;
  unownedServices: number;
  suspended: number;
  gone: number;
};

export type AppRow = AccountCounts & {
  id: string;
  name: string;
  capability: string | null;
  ownerPersonId: string | null;
  owner: string | null;
  ownerHasLeft: boolean;
  deputyPersonId: string | null;
  deputy: string | null;
  writer: 'connection' | 'group' | 'manual' | 'outside';
  writerAppId: string | null;
  writerApp: string | null;
  writerEntitlement: string | null;
  signIn: boolean;
  instructionsGrant: string | null;
  instructionsRevoke: string | null;
  deepLink: string | null;
  reading: { id: string; source: string; label: string; asOf: string; complete: boolean } | null;
  /** Nobody has read it for a week: what is known may not be true any more. */
  stale: boolean;
};

const staleAfterDays = 7;

const selectApps = (ctx: Context, where: ReturnType<typeof sql<boolean>>, tail: ReturnType<typeof sql>) => sql<AppRow & { total: number }>`
  with chosen as (
    select s.*, count(*) over ()::int as total from apps_apps s where s.archived_at is null and ${appsInReach(ctx, 's')} and ${where}
    order by lower(s.name) ${tail}
  ), counts as (
    select a.app_id,
      count(*) filter (where k.state <> 'gone')::int as accounts,
      count(*) filter (where k.state = 'zombie')::int as zombies,
      count(*) filter (where k.state = 'unknown')::int as unknown,
      count(*) filter (where k.state = 'orphan')::int as orphans,
      count(*) filter (where k.state = 'orphan' and a.suggested_person_id is not null)::int as suggested,
      count(*) filter (where k.state = 'service')::int as services,
      count(*) filter (where k.state = 'service' and (a.service_owner_id is null or o.status = 'left'))::int as unowned,
      count(*) filter (where k.state = 'suspended')::int as suspended,
      count(*) filter (where k.state = 'gone')::int as gone
    from apps_accounts a
    join apps_readings g on g.organization_id = a.organization_id and g.id = a.reading_id
    left join people_roster p on p.id = a.person_id
    left join people_roster o on o.id = a.service_owner_id
    cross join lateral (select ${accountState} as state) k
    where a.app_id in (select id from chosen)
    group by a.app_id
  )
  select s.id, s.name, s.capability, s.owner_person_id as "ownerPersonId", p.name as owner, coalesce(p.status = 'left', false) as "ownerHasLeft",
    s.deputy_person_id as "deputyPersonId", d.name as deputy, s.writer, s.writer_app_id as "writerAppId", w.name as "writerApp",
    s.writer_entitlement as "writerEntitlement", s.sign_in as "signIn", s.instructions_grant as "instructionsGrant",
    s.instructions_revoke as "instructionsRevoke", s.deep_link as "deepLink",
    case when r.id is null then null else jsonb_build_object('id', r.id, 'source', r.source, 'label', r.label,
      'asOf', to_char(r.as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'complete', r.complete) end as reading,
    coalesce(r.as_of < ${ctx.now.subtract({ hours: staleAfterDays * 24 }).toString()}, true) as stale,
    coalesce(c.accounts, 0) as accounts, coalesce(c.zombies, 0) as zombies, coalesce(c.unknown, 0) as unknown, coalesce(c.orphans, 0) as orphans,
    coalesce(c.suggested, 0) as suggested, coalesce(c.services, 0) as services, coalesce(c.unowned, 0) as "unownedServices",
    coalesce(c.suspended, 0) as suspended, coalesce(c.gone, 0) as gone, s.total
  from chosen s
  left join counts c on c.app_id = s.id
  left join people_roster p on p.id = s.owner_person_id
  left join people_roster d on d.id = s.deputy_person_id
  left join apps_apps w on w.organization_id = s.organization_id and w.id = s.writer_app_id
  left join lateral (select * from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id and r.source in ('list', 'sync')
    order by r.as_of desc, r.created_at desc limit 1) r on true
  order by lower(s.name)`;

/** The apps that the reader may see, by name, with how their accounts stand. `total` counts all that match. */
export async function listApps(
  ctx: Context,
  input: { search?: string; limit: number; offset: number },
): Promise<{ rows: AppRow[]; total: number }> {
  const words = input.search?.trim().toLowerCase();
  const where = words ? sql<boolean>`position(${words} in lower(s.name || ' ' || coalesce(s.capability, ''))) > 0` : sql<boolean>`true`;
  const { rows } = await selectApps(ctx, where, sql`limit ${input.limit} offset ${input.offset}`).execute(ctx.db);
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** One app, or 404. */
export async function getApp(ctx: Context, appId: string): Promise<AppRow> {
  const { rows } = await selectApps(ctx, sql<boolean>`s.id = ${appId}`, sql`limit 1`).execute(ctx.db);
  const row = rows[0];
  if (!row) throw notFound('app');
  const { total: _, ...app } = row;
  return app;
}

/** When and how an app was read, the newest first. Read-backs of single accounts are left out. */
export async function listReadings(ctx: Context, appId: string, input: { limit: number; offset: number }) {
  await getApp(ctx, appId);
  const { rows } = await sql<{
    id: string;
    source: string;
    label: string;
    asOf: string;
    complete: boolean;
    createdAt: string;
    counts: Record<string, unknown>;
    total: number;
  }>`
    select id, source, label, as_of as "asOf", complete, created_at as "createdAt", counts, count(*) over ()::int as total from apps_readings
    where app_id = ${appId} and source in ('list', 'sync') order by as_of desc, created_at desc limit ${input.limit} offset ${input.offset}`.execute(
    ctx.db,
  );
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
