import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { actionChanged } from './events.ts';
import { afterSettled } from './plans/after-settled.ts';
import { cancelEmptyTask } from './plans/withdraw-gives.ts';

type Shown = {
  id: string;
  plan_id: string;
  person_id: string | null;
  task_id: string | null;
  status: string;
  account_id: string | null;
  label: string;
  at: string;
};

/**
 * Verifies by a whole reading (a sync or a list given by hand) what rules wanted done by hand or from outside: what the reading shows there is
 * given, what it shows closed or gone is taken. Only what was seen after the action began counts. What the reading does not show stays as it is.
 */
export async function judgeRulesByReading(ctx: Context, appId: string): Promise<void> {
  const { rows } = await sql<Shown>`
    with open as (
      select a.*, app.writer from access_actions a join access_plans p on p.organization_id = a.organization_id and p.id = a.plan_id
      join apps_apps app on app.organization_id = a.organization_id and app.id = a.app_id
      where a.app_id = ${appId} and a.direction is not null and p.status in ('applying', 'applied')
        and a.status in ('planned', 'asked', 'unknown', 'evidenced') and (a.kind in ('ask', 'watch') or a.status in ('asked', 'evidenced'))
        and (a.via_app_id is null or a.via_app_id = a.app_id)
    )
    select o.id, o.plan_id, o.person_id, o.task_id, o.status, s.account_id, coalesce(s.label, 'A reading') as label, s.at
    from open o cross join lateral (
      select c.id as account_id, r.label, coalesce(g.observed_at, c.status_observed_at, c.observed_at) as at from apps_accounts c
      join apps_readings r on r.organization_id = c.organization_id and r.id = c.reading_id
      left join apps_grants g on g.organization_id = c.organization_id and g.account_id = c.id and g.entitlement_id = o.entitlement_id
      where o.direction = 'give' and c.app_id = o.app_id and c.person_id = o.person_id and c.kind = 'person' and (c.status = 'active' or c.status is null)
        and c.observed_at > o.created_at and (o.entitlement_id is null or g.observed_at > o.created_at)
      union all
      select c.id, r.label, coalesce(case when o.entitlement_id is null then c.status_observed_at else c.entitlements_observed_at end, c.observed_at) from apps_accounts c
      join apps_readings r on r.organization_id = c.organization_id and r.id = c.reading_id
      where o.direction = 'take' and c.id = o.account_id
        and case when o.entitlement_id is null then c.status in ('suspended', 'gone') and c.status_observed_at > o.created_at
          else (c.status = 'gone' and c.observed_at > o.created_at) or (c.entitlements_observed_at > o.created_at
            and not exists (select from apps_grants g where g.organization_id = c.organization_id and g.account_id = c.id and g.entitlement_id = o.entitlement_id)) end
      limit 1) s`.execute(ctx.db);
  for (const shown of rows) {
    await ctx.db
      .updateTable('access_actions')
      .set({
        status: 'verified',
        verified_at: ctx.now.toString(),
        read_at: shown.at,
        observed: `shown by ${shown.label}`,
        account_id: shown.account_id,
        problem: null,
        next_at: null,
        lease_until: null,
      })
      .where('id', '=', shown.id)
      .execute();
    await ctx.db
      .insertInto('access_attempts')
      .values({
        organization_id: ctx.organizationId,
        action_id: shown.id,
        kind: 'read',
        at: shown.at,
        words: `${shown.label} shows it.`,
        ok: true,
      })
      .execute();
    if (shown.task_id) await cancelEmptyTask(ctx, shown.task_id, `${shown.label} shows that it is done.`);
    await afterSettled(ctx, shown.id);
    await appendAudit(ctx, {
      action: 'account.verified',
      subject: { kind: 'action', id: shown.id },
      before: { status: shown.status },
      after: { by: shown.label },
      people: shown.person_id ? [shown.person_id] : [],
    });
    await emit(ctx, actionChanged, { actionId: shown.id, planId: shown.plan_id, status: 'verified' });
  }
}
