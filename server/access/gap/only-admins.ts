import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** Those of these people who are the only active account known to be an administrator of the app, as `person/app`. */
export async function findOnlyAdmins(ctx: Context, things: readonly { personId: string; appId: string }[]): Promise<Set<string>> {
  if (things.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    select t.person_id || '/' || t.app_id as key
    from unnest(${things.map(({ personId }) => personId)}::uuid[], ${things.map(({ appId }) => appId)}::uuid[]) as t(person_id, app_id)
    where not exists (select from apps_accounts a where a.app_id = t.app_id and a.is_admin and a.status = 'active'
      and a.person_id is distinct from t.person_id)`.execute(ctx.db);
  return new Set(rows.map(({ key }) => key));
}
