import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { AccountFacts } from './merge-account.ts';

/** `told`: the reading says what the account holds. */
export type AccountWrite = AccountFacts & { id: string | null; external_id: string; told: boolean };

const columns =
  sql.raw(`id uuid, external_id text, user_name text, address text, addresses text[], display_name text, given_name text, family_name text,
  employee_number text, status text, status_observed_at timestamptz, is_admin boolean, is_service boolean, second_factor boolean, is_external boolean, role text, last_activity_at timestamptz, told boolean`);

/** Adds accounts that were not known. Returns external id → id. */
export async function insertAccounts(ctx: Context, reading: ReadingOf, writes: AccountWrite[]): Promise<Map<string, string>> {
  if (writes.length === 0) return new Map();
  const { rows } = await sql<{ id: string; external_id: string }>`
    insert into apps_accounts (organization_id, app_id, external_id, user_name, address, addresses, display_name, given_name, family_name, employee_number,
      status, status_observed_at, is_admin, is_service, second_factor, is_external, role, last_activity_at, observed_at, reading_id, first_seen_at, entitlements_observed_at)
    select ${ctx.organizationId}, ${reading.appId}, external_id, user_name, address, addresses, display_name, given_name, family_name, employee_number,
      status, status_observed_at, is_admin, is_service, second_factor, is_external, role, last_activity_at, ${reading.asOf}, ${reading.readingId}, ${reading.asOf}, case when told then ${reading.asOf}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(writes)}::jsonb) as r(${columns})
    returning id, external_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

export type ReadingOf = { appId: string; readingId: string; asOf: string };

/** Writes what a reading says of known accounts. */
export async function updateAccounts(ctx: Context, reading: ReadingOf, writes: AccountWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql`
    update apps_accounts a set external_id = r.external_id, user_name = r.user_name, address = r.address, addresses = r.addresses, display_name = r.display_name,
      given_name = r.given_name, family_name = r.family_name, employee_number = r.employee_number, status = r.status, status_observed_at = r.status_observed_at,
      is_admin = r.is_admin, is_service = r.is_service, second_factor = r.second_factor, is_external = r.is_external, role = r.role, last_activity_at = r.last_activity_at,
      observed_at = ${reading.asOf}, reading_id = ${reading.readingId},
      entitlements_observed_at = case when r.told then ${reading.asOf}::timestamptz else a.entitlements_observed_at end
    from jsonb_to_recordset(${JSON.stringify(writes)}::jsonb) as r(${columns})
    where a.organization_id = ${ctx.organizationId} and a.app_id = ${reading.appId} and a.id = r.id`.execute(ctx.db);
}

/** Notes that known accounts were seen again, as they were. Cheaper than writing them whole. */
export async function touchAccounts(
  ctx: Context,
  reading: ReadingOf,
  seen: { id: string; statusSaid: boolean; told: boolean }[],
): Promise<void> {
  if (seen.length === 0) return;
  const [ids, statusSaid, told] = [seen.map(({ id }) => id), seen.map((each) => each.statusSaid), seen.map((each) => each.told)];
  await sql`
    update apps_accounts a set observed_at = ${reading.asOf}, reading_id = ${reading.readingId},
      status_observed_at = case when r.status_said then ${reading.asOf}::timestamptz else a.status_observed_at end,
      entitlements_observed_at = case when r.told then ${reading.asOf}::timestamptz else a.entitlements_observed_at end
    from unnest(${ids}::uuid[], ${statusSaid}::boolean[], ${told}::boolean[]) as r(id, status_said, told)
    where a.organization_id = ${ctx.organizationId} and a.id = r.id`.execute(ctx.db);
}
