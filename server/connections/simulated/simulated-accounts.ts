import type { AccountRecord } from '../../../connectors/kit/index.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { forbidden } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { fromJson, toJson } from '../syncs/record-json.ts';

export type SimulatedPlace = { platform: Platform; organizationId: string; connectionId: string };

/** The accounts of a simulated app as it shows them now, by their id, from after `after`. */
export function readSimulated(place: SimulatedPlace, after: string, limit: number): Promise<{ records: AccountRecord[]; total: number }> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const { rows } = await sql<{ record: unknown }>`
      select case when pending_at <= ${ctx.now.toString()} then pending else record end as record from connections_simulated
      where connection_id = ${place.connectionId} and external_id > ${after} order by external_id limit ${limit}`.execute(ctx.db);
    const { rows: counted } = await sql<{ total: number }>`
      select count(*)::int as total from connections_simulated where connection_id = ${place.connectionId}`.execute(ctx.db);
    return { records: rows.map(({ record }) => fromJson(record)), total: counted[0]!.total };
  });
}

export function readSimulatedAccount(
  place: SimulatedPlace,
  by: { externalId: string } | { userName: string },
): Promise<AccountRecord | null> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const { rows } = await sql<{ record: unknown }>`
      select case when pending_at <= ${ctx.now.toString()} then pending else record end as record from connections_simulated
      where connection_id = ${place.connectionId}
        and ${'externalId' in by ? sql`external_id = ${by.externalId}` : sql`lower(record->>'userName') = ${by.userName.toLowerCase()}`} limit 1`.execute(
      ctx.db,
    );
    return rows[0] ? fromJson(rows[0].record) : null;
  });
}

/** Changes an account of a simulated app. The app shows it from `showsAt` on. Returns false when there is no such account. */
export function changeSimulatedAccount(
  place: SimulatedPlace,
  externalId: string,
  change: (record: AccountRecord) => AccountRecord,
  showsAt: string | null,
): Promise<boolean> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_simulated')
      .selectAll()
      .where('connection_id', '=', place.connectionId)
      .where('external_id', '=', externalId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return false;
    const isDue = row.pending_at !== null && Temporal.Instant.compare(row.pending_at, ctx.now) <= 0;
    const shown = fromJson(isDue ? row.pending : row.record);
    const changed = JSON.stringify(toJson(change(row.pending === null || isDue ? shown : fromJson(row.pending))));
    await ctx.db
      .updateTable('connections_simulated')
      .set(
        showsAt === null
          ? { record: changed, pending: null, pending_at: null }
          : { record: JSON.stringify(toJson(shown)), pending: changed, pending_at: showsAt },
      )
      .where('connection_id', '=', place.connectionId)
      .where('external_id', '=', externalId)
      .execute();
    return true;
  });
}

/** Adds an account to a simulated app, which shows it at once. Returns false when there is one with this user name already. */
export function addSimulatedAccount(place: SimulatedPlace, record: AccountRecord): Promise<boolean> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const { rows } = await sql`
      insert into connections_simulated (organization_id, connection_id, external_id, record)
      select ${ctx.organizationId}::uuid, ${place.connectionId}::uuid, ${record.externalId}, ${JSON.stringify(toJson(record))}::jsonb
      where not exists (select from connections_simulated s where s.connection_id = ${place.connectionId}
        and lower(s.record->>'userName') = ${(record.userName ?? '').toLowerCase()})
      on conflict do nothing returning external_id`.execute(ctx.db);
    return rows.length > 0;
  });
}

/** Deletes an account of a simulated app at once. */
export function removeSimulatedAccount(place: SimulatedPlace, externalId: string): Promise<void> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    await ctx.db
      .deleteFrom('connections_simulated')
      .where('connection_id', '=', place.connectionId)
      .where('external_id', '=', externalId)
      .execute();
  });
}

/** Gives a simulated app its accounts; those it had are replaced. Refused outside samples. */
export async function putSimulatedAccounts(ctx: Context, connectionId: string, records: AccountRecord[]): Promise<void> {
  const organization = await ctx.db.selectFrom('identity_organizations').select('sample').executeTakeFirst();
  if (!organization?.sample) throw forbidden('Only a sample company may use simulated apps. Nothing was changed.');
  await ctx.db.deleteFrom('connections_simulated').where('connection_id', '=', connectionId).execute();
  await sql`
    insert into connections_simulated (organization_id, connection_id, external_id, record)
    select ${ctx.organizationId}, ${connectionId}, r->>'externalId', r from jsonb_array_elements(${JSON.stringify(records.map(toJson))}::jsonb) as r`.execute(
    ctx.db,
  );
}
