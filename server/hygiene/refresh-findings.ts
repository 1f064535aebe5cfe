import type { Context } from '../platform/context.ts';
import { runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { accountKinds, accountsWithState, appsWithOwners, findingKinds, hasOneOwner, holds, isAccountKind } from './kinds.ts';
import { widePrograms } from './list-app-grants.ts';

/**
 * Keeps since when something stands on a list and when it was gone from it: of one app, or of all; of its accounts only these, where only they were read. The lists themselves are read afresh whenever
 * somebody looks; this only remembers.
 */
export async function refreshFindings(ctx: Context, appId?: string, accounts?: string[]): Promise<void> {
  const of = (column: string) => (appId ? sql`${sql.ref(column)} = ${appId}` : sql`true`);
  const among = accounts ? sql`a.id = any (${accounts}::uuid[])` : sql`true`;
  const otherKinds = findingKinds.filter((kind) => !isAccountKind(kind));
  const subjects = accounts
    ? sql`((f.kind = any (${[...accountKinds]}::text[]) and f.subject = any (${accounts}::text[])) or f.kind = any (${otherKinds}::text[]))`
    : sql`true`;
  const programs = (await widePrograms(ctx, appId)).map(({ subject, appId: of }) => ({ kind: 'app-grant', subject, app_id: of }));
  const kinds = sql.join(accountKinds.map((kind) => sql`(${kind}, ${holds[kind]})`));
  const now = ctx.now.toString();
  await sql`
    with there as (
      select v.kind, a.id::text as subject, a.app_id from ${accountsWithState} cross join lateral (values ${kinds}) v(kind, holds) where v.holds and ${of('a.app_id')} and ${among}
      union all select 'one-owner', s.id::text, s.id from ${appsWithOwners} where ${hasOneOwner} and ${of('s.id')}
      union all select r.kind, r.subject, r.app_id from jsonb_to_recordset(${JSON.stringify(programs)}::jsonb) as r(kind text, subject text, app_id uuid)
    ), cleared as (
      update hygiene_findings f set cleared_at = ${now} where f.cleared_at is null and ${of('f.app_id')} and ${subjects}
        and not exists (select from there t where t.kind = f.kind and t.subject = f.subject)
    )
    insert into hygiene_findings (organization_id, kind, subject, app_id, first_seen_at)
    select ${ctx.organizationId}, kind, subject, app_id, ${now} from there
    on conflict (organization_id, kind, subject) where cleared_at is null do nothing`.execute(ctx.db);
}

const everyHours = 24;

/** A turn that goes through the lists of every organization once a day: what people and dates change is found without any reading. */
export function refreshDaily(platform: Platform): () => Promise<void> {
  return async () => {
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      try {
        await runAsSystem(platform, organizationId, refreshIfDue);
      } catch (error) {
        // One organization keeps no other waiting.
        platform.log.warn({ organizationId, problem: (error as Error).message }, 'the hygiene lists could not be gone through');
      }
    }
  };
}

async function refreshIfDue(ctx: Context): Promise<void> {
  const since = ctx.now.subtract({ hours: everyHours }).toString();
  const { rows } = await sql`
    insert into hygiene_looks (organization_id, looked_at) values (${ctx.organizationId}, ${ctx.now.toString()})
    on conflict (organization_id) do update set looked_at = excluded.looked_at where hygiene_looks.looked_at <= ${since} returning looked_at`.execute(
    ctx.db,
  );
  if (rows.length > 0) await refreshFindings(ctx);
}
