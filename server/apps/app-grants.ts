import type { AppGrantRecord } from '../../connectors/kit/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Takes in what programs may do in the name of an app's accounts, a page at a time. Accounts that are not known are left out. `asOf`: when the
 * reading began (instant, ISO 8601). Returns how many were kept.
 */
export async function recordAppGrants(
  ctx: Context,
  input: { appId: string; asOf: string; records: readonly AppGrantRecord[] },
): Promise<number> {
  const rows = [...new Map(input.records.map((record) => [`${record.accountExternalId} ${record.externalId}`, record])).values()].map(
    ({ accountExternalId, externalId, name, scopes, grantedAt, lastUsedAt }) => ({
      account: accountExternalId,
      program: externalId,
      name,
      scopes,
      granted_at: grantedAt?.toString() ?? null,
      last_used_at: lastUsedAt?.toString() ?? null,
    }),
  );
  const done = await sql`
    insert into apps_app_grants (organization_id, account_id, app_id, program, name, scopes, granted_at, last_used_at, observed_at)
    select a.organization_id, a.id, a.app_id, r.program, r.name, array(select jsonb_array_elements_text(r.scopes)), r.granted_at, r.last_used_at, ${input.asOf}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(account text, program text, name text, scopes jsonb, granted_at timestamptz, last_used_at timestamptz)
    join apps_accounts a on a.app_id = ${input.appId} and a.external_id = r.account
    on conflict (organization_id, account_id, program) do update set name = excluded.name, scopes = excluded.scopes, observed_at = excluded.observed_at,
      granted_at = coalesce(excluded.granted_at, apps_app_grants.granted_at), last_used_at = coalesce(excluded.last_used_at, apps_app_grants.last_used_at)
      where apps_app_grants.observed_at <= excluded.observed_at`.execute(ctx.db);
  return Number(done.numAffectedRows ?? 0);
}

/**
 * Notes how a reading of app grants ended. Only one that came to the end of the list proves that what it lacks is there no more. `problem`: why it
 * could not be read, in a sentence.
 */
export async function endAppGrantReading(
  ctx: Context,
  input: { appId: string; asOf: string; complete: boolean; problem: string | null },
): Promise<void> {
  const { appId, asOf, complete, problem } = input;
  const wholeAt = complete ? asOf : null;
  await sql`
    insert into apps_app_grant_readings (organization_id, app_id, as_of, complete, whole_at, problem)
    values (${ctx.organizationId}, ${appId}, ${asOf}, ${complete}, ${wholeAt}, ${problem})
    on conflict (organization_id, app_id) do update set as_of = excluded.as_of, complete = excluded.complete, problem = excluded.problem,
      whole_at = coalesce(excluded.whole_at, apps_app_grant_readings.whole_at)`.execute(ctx.db);
  if (complete) await ctx.db.deleteFrom('apps_app_grants').where('app_id', '=', appId).where('observed_at', '<', asOf).execute();
}

/** A fresh read showed that a program may act for an account no more. */
export async function forgetAppGrant(ctx: Context, input: { accountId: string; program: string }): Promise<void> {
  await ctx.db.deleteFrom('apps_app_grants').where('account_id', '=', input.accountId).where('program', '=', input.program).execute();
}
