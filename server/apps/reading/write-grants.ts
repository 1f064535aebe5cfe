import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { ReadingOf } from './write-accounts.ts';
import { writeEntitlements } from './write-entitlements.ts';

/**
 * Writes the grants that a reading shows. A grant that is there keeps its origin; a new one is `discovered`. With `removeOthers` (the
 * reading is complete) grants it does not show are removed, of those accounts whose entitlements it tells.
 */
export async function writeGrants(
  ctx: Context,
  reading: ReadingOf,
  accounts: { id: string; record: AccountRecord }[],
  removeOthers: boolean,
): Promise<{ added: number; removed: number }> {
  const told = accounts.filter(({ record }) => record.entitlements !== null);
  if (told.length === 0) return { added: 0, removed: 0 };
  const pairs = told.flatMap(({ id, record }) =>
    (record.entitlements ?? []).map(({ kind, externalId }) => ({ account_id: id, kind, external_id: externalId })),
  );
  const shown = told.flatMap(({ record }) => record.entitlements ?? []);
  await writeEntitlements(ctx, reading.appId, shown);
  const kept = await sql<{ fresh: boolean; account_id: string; entitlement_id: string }>`
    insert into apps_grants (organization_id, account_id, entitlement_id, observed_at)
    select distinct ${ctx.organizationId}::uuid, r.account_id, e.id, ${reading.asOf}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r(account_id uuid, kind text, external_id text)
    join apps_entitlements e on e.app_id = ${reading.appId} and e.kind = r.kind and e.external_id = r.external_id
    on conflict (organization_id, account_id, entitlement_id) do update set observed_at = greatest(apps_grants.observed_at, excluded.observed_at)
    returning xmax = 0 as fresh, account_id, entitlement_id`.execute(ctx.db);
  let removed = 0;
  if (removeOthers) {
    const gone = await sql`
      delete from apps_grants g
      where g.account_id = any (${told.map(({ id }) => id)}::uuid[]) and g.observed_at <= ${reading.asOf}
        and not exists (
          select from unnest(${kept.rows.map((row) => row.account_id)}::uuid[], ${kept.rows.map((row) => row.entitlement_id)}::uuid[]) as k(account_id, entitlement_id)
          where k.account_id = g.account_id and k.entitlement_id = g.entitlement_id)`.execute(ctx.db);
    removed = Number(gone.numAffectedRows ?? 0);
  }
  return { added: kept.rows.filter(({ fresh }) => fresh).length, removed };
}
