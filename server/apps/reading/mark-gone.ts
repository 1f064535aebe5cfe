import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { ReadingOf } from './write-accounts.ts';

/**
 * Marks accounts as gone that were last seen before a reading: those that a complete one lacks, but for `spared` (ids) that rows name which could
 * not be read; or `only` those of which the app says so (its own ids). `people` counts whom that concerns and who have not left; an account that nobody is
 * known for counts as a person, a service account as none.
 */
export async function markGone(
  ctx: Context,
  reading: ReadingOf,
  which: { spared: string[] } | { only: string[] },
): Promise<{ accounts: number; people: number }> {
  const { rows } = await sql<{ accounts: number; people: number }>`
    with gone as (
      update apps_accounts set status = 'gone', status_observed_at = ${reading.asOf}, observed_at = ${reading.asOf}, reading_id = ${reading.readingId}
      where app_id = ${reading.appId} and status is distinct from 'gone' and observed_at < ${reading.asOf}
        and ${'only' in which ? sql`external_id = any (${which.only}::text[])` : sql`not (id = any (${which.spared}::uuid[]))`}
      returning organization_id, id, person_id, kind
    ), no_grants as (
      delete from apps_grants g using gone where g.organization_id = gone.organization_id and g.account_id = gone.id
    )
    select count(*)::int as accounts,
      count(distinct coalesce(gone.person_id, gone.id)) filter (where gone.kind = 'person' and (e.left_at is null or e.left_at > ${ctx.now.toString()}))::int as people
    from gone left join people_employments e on e.organization_id = gone.organization_id and e.person_id = gone.person_id and e.current`.execute(
    ctx.db,
  );
  return rows[0]!;
}
