import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Takes in that a fresh read showed one account with or without one entitlement. Its other entitlements stay as they are known. What a newer
 * reading has shown stays too.
 */
export async function observeGrant(
  ctx: Context,
  seen: { accountId: string; entitlementId: string; held: boolean; asOf: string },
): Promise<void> {
  const { rows } = seen.held
    ? await sql`
        insert into apps_grants (organization_id, account_id, entitlement_id, observed_at)
        values (${ctx.organizationId}, ${seen.accountId}, ${seen.entitlementId}, ${seen.asOf})
        on conflict (organization_id, account_id, entitlement_id) do update set observed_at = greatest(apps_grants.observed_at, excluded.observed_at)
        returning xmax = 0 as changed`.execute(ctx.db)
    : await sql`
        delete from apps_grants where account_id = ${seen.accountId} and entitlement_id = ${seen.entitlementId} and observed_at <= ${seen.asOf}
        returning true as changed`.execute(ctx.db);
  if (!rows.some((row) => (row as { changed: boolean }).changed)) return;
  await appendAudit(ctx, {
    action: seen.held ? 'grant.observed' : 'grant.gone',
    subject: { kind: 'account', id: seen.accountId },
    after: { entitlement: seen.entitlementId, asOf: seen.asOf },
  });
}

/** Says where a grant comes from: a rule or request gave it. Without a row for it nothing changes. */
export async function originOfGrant(
  ctx: Context,
  grant: { personId: string; appId: string; entitlementId: string; origin: 'rule' | 'request' },
): Promise<void> {
  await sql`
    update apps_grants g set origin = ${grant.origin} from apps_accounts a
    where a.organization_id = g.organization_id and a.id = g.account_id and a.person_id = ${grant.personId} and a.app_id = ${grant.appId}
      and g.entitlement_id = ${grant.entitlementId} and g.origin <> ${grant.origin}`.execute(ctx.db);
}
