import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** What was known of an app before a reading. `people`: whose accounts are there; `gonePeopleLately`: taken for gone within a day, unless a person confirmed it. */
export type KnownBefore = { accounts: number; people: number; gonePeopleLately: number; completeSince: string | null; everRead: boolean };

/** Counts what is known of an app's accounts, for the brakes. */
export async function knownBefore(ctx: Context, appId: string, asOf: string): Promise<KnownBefore> {
  const { rows } = await sql<KnownBefore>`
    select count(*) filter (where a.status is distinct from 'gone')::int as accounts,
      count(distinct coalesce(a.person_id, a.id)) filter (where a.status is distinct from 'gone' and a.kind = 'person')::int as people,
      count(*) > 0 as "everRead",
      (select coalesce(sum((r.counts->>'gonePeople')::int), 0)::int from apps_readings r
        where r.app_id = ${appId} and not coalesce((r.counts->>'confirmed')::boolean, false)
          and r.as_of > ${asOf}::timestamptz - interval '24 hours' and r.as_of < ${asOf}) as "gonePeopleLately",
      (select max(r.as_of) from apps_readings r where r.app_id = ${appId} and r.complete) as "completeSince"
    from apps_accounts a where a.app_id = ${appId}`.execute(ctx.db);
  return rows[0]!;
}
