import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { withdrawPlan } from './move-plan.ts';

/**
 * Gives back what a plan took: every account that was active before and that the plan closed (or may have closed) is reopened and read back;
 * what a person closed by hand is asked back by hand. What was suspended before stays so. Returns the plan's id, or null when nothing was taken.
 */
export async function planRestore(ctx: Context, input: { planId: string; reason: string }): Promise<string | null> {
  const plan = await ctx.db.selectFrom('access_plans').selectAll().where('id', '=', input.planId).executeTakeFirstOrThrow();
  // Held until the end of the transaction: an attempt that is about to send either is seen here, or sees that it may not.
  const all = await ctx.db.selectFrom('access_actions').selectAll().where('plan_id', '=', input.planId).orderBy('id').forUpdate().execute();
  const taken = all.filter(
    (action) =>
      // Sent to a machine, or about to be: the state before the first attempt is known.
      (['suspend', 'revoke-entitlement'].includes(action.kind) && action.before !== null) ||
      // Done by hand: somebody said so.
      (action.status === 'evidenced' && action.account_id !== null) ||
      // Shown by a list after somebody was asked for it.
      (plan.purpose === 'absence' && action.kind === 'ask' && action.status === 'verified'),
  );
  await withdrawPlan(ctx, input);
  const back = taken.filter((action) => (action.before as { status: string | null } | null)?.status !== 'suspended');
  if (back.length === 0) return null;
  const now = ctx.now.toString();
  const restore = await ctx.db
    .insertInto('access_plans')
    .values({
      organization_id: ctx.organizationId,
      person_id: plan.person_id,
      purpose: 'restore',
      status: 'applying',
      blast: JSON.stringify({}),
      due_at: now,
      concealment_id: plan.concealment_id,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('access_actions')
    .values(
      back.map((action) => ({
        organization_id: ctx.organizationId,
        plan_id: restore.id,
        person_id: action.person_id,
        app_id: action.app_id,
        account_id: action.account_id,
        kind: action.before === null ? 'ask' : action.kind === 'revoke-entitlement' ? 'grant-entitlement' : 'restore',
        entitlement_id: action.entitlement_id,
        via_app_id: action.via_app_id,
        position: action.position,
        due_at: now,
        // While an attempt is under way its end is not known: giving back waits for it, at most until its lease ends.
        next_at: action.lease_until && Temporal.Instant.compare(action.lease_until, ctx.now) > 0 ? action.lease_until : now,
        status: 'planned',
        concealment_id: action.concealment_id,
        created_at: now,
      })),
    )
    .execute();
  await appendAudit(ctx, {
    action: 'plan.made',
    subject: { kind: 'plan', id: restore.id },
    after: { purpose: 'restore', accounts: back.length },
    reason: input.reason,
    people: plan.person_id ? [plan.person_id] : [],
    concealmentId: plan.concealment_id,
  });
  ctx.afterCommit(() => ctx.platform.wake());
  return restore.id;
}
