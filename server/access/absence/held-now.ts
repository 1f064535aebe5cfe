import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { gapApps } from '../gap/gap-apps.ts';

/** What happens with an account for a leave: suspended by Groundcrew or by hand, or it stays, because it is suspended, hangs on another app, is run from outside or is to stay usable. */
export type AbsenceHow = 'machine' | 'by-hand' | 'suspended' | 'through' | 'outside' | 'kept';

/** One account as it is. `entitlementIds`: what it has; null where no source has said. */
export type HeldAccount = { accountId: string; appId: string; status: string | null; entitlementIds: string[] | null };

export type AbsenceAccount = HeldAccount & { app: string; account: string; how: AbsenceHow; through: string | null; signIn: boolean };

/** The accounts of a person, the sign-in system first, with what a leave of absence does with each. */
export async function accountsForAbsence(ctx: Context, personId: string, keepAppIds: readonly string[]): Promise<AbsenceAccount[]> {
  const apps = await gapApps(ctx);
  const { rows } = await sql<HeldAccount & { account: string }>`
    select a.id as "accountId", a.app_id as "appId", a.status, coalesce(a.user_name, a.address, a.display_name, a.external_id) as account,
      case when a.entitlements_observed_at is not null then
        array(select g.entitlement_id::text from apps_grants g where g.organization_id = a.organization_id and g.account_id = a.id order by 1) end as "entitlementIds"
    from apps_accounts a where a.person_id = ${personId} and a.kind = 'person' and a.status is distinct from 'gone'`.execute(ctx.db);
  return rows
    .flatMap((row): AbsenceAccount[] => {
      const app = apps.get(row.appId);
      if (!app) return [];
      const how = (): AbsenceHow => {
        if (row.status === 'suspended') return 'suspended';
        if (keepAppIds.includes(app.id)) return 'kept';
        if (app.writer === 'outside') return 'outside';
        if (app.writer === 'group') return 'through';
        return app.writer === 'connection' && app.connected ? 'machine' : 'by-hand';
      };
      const through = app.writer === 'group' && app.writerAppId ? (apps.get(app.writerAppId)?.name ?? null) : null;
      return [{ ...row, app: app.name, how: how(), through, signIn: app.signIn }];
    })
    .sort((a, b) => Number(b.signIn) - Number(a.signIn) || a.app.localeCompare(b.app) || a.account.localeCompare(b.account));
}
