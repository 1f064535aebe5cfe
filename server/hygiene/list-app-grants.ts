import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { judgeScopes } from './judge-scopes.ts';
import { programSubject } from './kinds.ts';

/** A program of somebody else that may do much in the name of accounts of one app. `holders`: who lets it, at most 500. */
export type WideProgram = {
  subject: string;
  appId: string;
  app: string;
  program: string;
  name: string;
  wide: string[];
  notJudged: string[];
  people: number;
  since: string | null;
};

/** More programs than these nobody looks through. */
const mostPrograms = 5_000;

/** Every program with wide scopes, those with the most accounts first. */
export const widePrograms = async (ctx: Context, appId?: string): Promise<WideProgram[]> =>
  (await judgedPrograms(ctx, appId)).filter(({ isWide }) => isWide);

/** In which apps programs act of whose scopes nobody here has judged, or the app tells none, and none is known to be wide; and how many programs there are. */
export async function unjudgedPrograms(ctx: Context): Promise<{ appId: string; app: string; unknown: number; of: number }[]> {
  const byApp = Map.groupBy(await judgedPrograms(ctx), ({ appId }) => appId);
  return [...byApp.values()]
    .map((of) => ({
      appId: of[0]!.appId,
      app: of[0]!.app,
      unknown: of.filter(({ isWide, told, notJudged }) => !isWide && (!told || notJudged.length > 0)).length,
      of: of.length,
    }))
    .filter(({ unknown }) => unknown > 0)
    .sort((one, other) => other.unknown - one.unknown);
}

/** Connected apps of which nobody reads which programs people let in. */
export async function countUntold(ctx: Context): Promise<number> {
  const { rows } = await sql<{ untold: number }>`
    select count(*)::int as untold from apps_apps s where s.archived_at is null
      and exists (select from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id)
      and not exists (select from apps_app_grant_readings g where g.organization_id = s.organization_id and g.app_id = s.id and g.problem is null)`.execute(
    ctx.db,
  );
  return rows[0]!.untold;
}

async function judgedPrograms(ctx: Context, appId?: string): Promise<(WideProgram & { isWide: boolean; told: boolean })[]> {
  const { rows } = await sql<{
    appId: string;
    app: string;
    connector: string | null;
    program: string;
    name: string;
    people: number;
    since: string | null;
    scopes: string[];
  }>`
    select g.app_id as "appId", s.name as app, c.connector, g.program, max(g.name) as name, count(distinct g.account_id)::int as people, min(g.granted_at) as since,
      array_remove(array_agg(distinct scope), null) as scopes
    from apps_app_grants g join apps_apps s on s.organization_id = g.organization_id and s.id = g.app_id and s.archived_at is null
    join apps_accounts a on a.organization_id = g.organization_id and a.id = g.account_id and a.status is distinct from 'gone'
    left join connections_connections c on c.organization_id = g.organization_id and c.app_id = g.app_id and c.removed_at is null
    left join lateral unnest(g.scopes) scope on true
    where ${appId ? sql`g.app_id = ${appId}` : sql`true`}
    group by g.app_id, s.name, c.connector, g.program order by people desc, name limit ${mostPrograms}`.execute(ctx.db);
  return rows.map(({ connector, scopes, ...row }) => {
    const { isWide, wide, notJudged } = judgeScopes(connector, scopes);
    return { subject: programSubject(row.appId, row.program), ...row, wide, notJudged, isWide, told: scopes.length > 0 };
  });
}

/** The accounts that let a program act for them, with what it may do there. */
export async function listHolders(
  ctx: Context,
  input: { appId: string; program: string; limit: number; offset: number },
): Promise<{
  rows: { accountId: string; personId: string | null; who: string; account: string; grantedAt: string | null; wide: string[] }[];
  total: number;
}> {
  const { rows } = await sql<{
    accountId: string;
    personId: string | null;
    who: string;
    account: string;
    grantedAt: string | null;
    scopes: string[];
    connector: string | null;
    total: number;
  }>`
    select a.id as "accountId", a.person_id as "personId", coalesce(p.name, a.display_name, a.user_name, a.address, a.external_id) as who,
      coalesce(a.user_name, a.address, a.external_id) as account, g.granted_at as "grantedAt", g.scopes, c.connector, count(*) over ()::int as total
    from apps_app_grants g join apps_accounts a on a.organization_id = g.organization_id and a.id = g.account_id and a.status is distinct from 'gone'
    left join people_roster p on p.id = a.person_id
    left join connections_connections c on c.organization_id = g.organization_id and c.app_id = g.app_id and c.removed_at is null
    where g.app_id = ${input.appId} and g.program = ${input.program} order by who, a.id limit ${input.limit} offset ${input.offset}`.execute(
    ctx.db,
  );
  return {
    rows: rows.map(({ scopes, connector, total: _, ...row }) => ({ ...row, wide: judgeScopes(connector, scopes).wide })),
    total: rows[0]?.total ?? 0,
  };
}
