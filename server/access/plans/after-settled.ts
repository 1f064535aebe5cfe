import { originOfGrant } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { openStatuses } from '../gap/gap-rows.ts';

type Settled = {
  id: string;
  plan_id: string;
  person_id: string;
  app_id: string;
  account_id: string | null;
  kind: string;
  entitlement_id: string | null;
  via_app_id: string | null;
  rule_id: string | null;
  direction: 'give' | 'take' | null;
  status: string;
  before: unknown;
  attempts: number;
};

/**
 * What follows when an action of a rule's plan is settled: what it gave or took is kept as given or taken, what waited for it begins, and a plan
 * without open actions is applied. Does nothing for leavers' plans. In the transaction that settles it.
 */
export async function afterSettled(ctx: Context, actionId: string): Promise<void> {
  const { rows } = await sql<Settled>`
    select id, plan_id, person_id, app_id, account_id, kind, entitlement_id, via_app_id, rule_id, direction, status, before, attempts
    from access_actions where id = ${actionId}`.execute(ctx.db);
  const action = rows[0];
  if (!action) return;
  const isDone = ['verified', 'evidenced', 'overridden'].includes(action.status);
  // What an account had before a leave of absence is given back once it is open again.
  if (!action.direction) return isDone && action.kind === 'restore' ? startFollowers(ctx, action) : undefined;
  if (isDone) {
    await (action.direction === 'give' ? noteGiven(ctx, action) : noteTaken(ctx, action));
    await startFollowers(ctx, action);
  }
  await endPlan(ctx, action.plan_id);
}

/** What was there before anything was sent, nobody gave: it keeps its origin, and a rule will not take it. */
const wasThere = (action: Settled): boolean =>
  action.status === 'verified' && action.before === null && Number(action.attempts) === 0 && !['ask', 'watch'].includes(action.kind);

/** An app that hangs on a group of another: the group gives the account, and nothing else of the app. */
const subjectOf = (action: Settled): string | null =>
  action.via_app_id !== null && action.via_app_id !== action.app_id ? null : action.entitlement_id;

async function noteGiven(ctx: Context, action: Settled): Promise<void> {
  // What is put back and no rule had given is as it was: discovered.
  if (action.rule_id === null || action.kind === 'watch' || wasThere(action)) return;
  const now = ctx.now.toString();
  await sql`
    insert into access_given (organization_id, person_id, app_id, entitlement_id, origin, rule_id, action_id, evidenced, given_at)
    values (${ctx.organizationId}, ${action.person_id}, ${action.app_id}, ${subjectOf(action)}, 'rule', ${action.rule_id}, ${action.id}, ${action.status !== 'verified'}, ${now})
    on conflict (organization_id, person_id, app_id, entitlement_id) where taken_at is null
      do update set evidenced = excluded.evidenced, given_at = excluded.given_at, action_id = excluded.action_id`.execute(ctx.db);
  if (action.entitlement_id !== null) {
    await originOfGrant(ctx, {
      personId: action.person_id,
      appId: action.via_app_id ?? action.app_id,
      entitlementId: action.entitlement_id,
      origin: 'rule',
    });
  }
}

async function noteTaken(ctx: Context, action: Settled): Promise<void> {
  await sql`
    update access_given set taken_at = ${ctx.now.toString()} where person_id = ${action.person_id} and app_id = ${action.app_id}
      and entitlement_id is not distinct from ${subjectOf(action)}::uuid and taken_at is null`.execute(ctx.db);
}

/** What waited for this action begins; in the same app it is about the account that this one opened. */
async function startFollowers(ctx: Context, action: Settled): Promise<void> {
  const { rows } = await sql`
    update access_actions f set next_at = case when f.status = 'planned' then ${ctx.now.toString()}::timestamptz else f.next_at end,
      account_id = case when f.app_id = ${action.app_id} then coalesce(f.account_id, ${action.account_id}::uuid) else f.account_id end
    where f.after_action_id = ${action.id} and f.status in ('planned', 'asked') returning f.id`.execute(ctx.db);
  if (rows.length > 0) ctx.afterCommit(() => ctx.platform.wake());
}

/** Says that a plan is applied once nothing of it is open. */
export async function endPlan(ctx: Context, planId: string): Promise<void> {
  await sql`
    update access_plans p set status = 'applied' where p.id = ${planId} and p.status = 'applying' and p.purpose in ('gap', 'join', 'undo', 'hygiene')
      and not exists (select from access_actions a where a.organization_id = p.organization_id and a.plan_id = p.id and a.status = any (${[...openStatuses]}::text[]))`.execute(
    ctx.db,
  );
}
