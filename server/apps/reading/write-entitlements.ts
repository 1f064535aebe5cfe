import type { EntitlementRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/**
 * Writes what an app showed that an account can hold, each by its kind and the app's id. One that bears its name in one place and only its id in
 * another is known by its name, so that a rule that names it goes on meaning it.
 */
export async function writeEntitlements(ctx: Context, appId: string, shown: EntitlementRecord[]): Promise<void> {
  if (shown.length === 0) return;
  const records = JSON.stringify(shown.map(({ kind, externalId, name }) => ({ kind, external_id: externalId, name })));
  await sql`
    insert into apps_entitlements (organization_id, app_id, external_id, kind, name)
    select distinct on (kind, external_id) ${ctx.organizationId}::uuid, ${appId}::uuid, external_id, kind, name
    from jsonb_to_recordset(${records}::jsonb) as r(kind text, external_id text, name text)
    order by kind, external_id, name = external_id, name
    on conflict (organization_id, app_id, kind, external_id) do update set name = excluded.name
    where apps_entitlements.name <> excluded.name and excluded.name <> excluded.external_id`.execute(ctx.db);
}
