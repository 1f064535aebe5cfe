import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { cancelTask } from '../tasks/index.ts';
import { othersAfterSeconds } from './action-state.ts';

/** Moves what has not happened yet of a plan to another instant. */
export async function movePlan(ctx: Context, input: { planId: string; dueAt: string }): Promise<void> {
  const due = Temporal.Instant.from(input.dueAt);
  await ctx.db.updateTable('access_plans').set({ due_at: input.dueAt }).where('id', '=', input.planId).execute();
  await ctx.db
    .updateTable('access_actions')
    .set((e) => ({
      due_at: input.dueAt,
      next_at: e
        .case()
        .when('position', '=', 0)
        .then(e.cast<string>(e.val(input.dueAt), 'timestamptz'))
        .else(e.cast<string>(e.val(due.add({ seconds: othersAfterSeconds }).toString()), 'timestamptz'))
        .end(),
    }))
    .where('plan_id', '=', input.planId)
    .where('status', '=', 'planned')
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
}

/** Ends a plan before it is done: what is open is withdrawn, tasks that asked for it are cancelled. What has happened stays (see `planRestore`). */
export async function withdrawPlan(ctx: Context, input: { planId: string; reason: string }): Promise<void> {
  const open = await ctx.db
    .updateTable('access_actions')
    .set({
      status: 'withdrawn',
      next_at: null,
      lease_until: null,
      decided_by: ctx.actor.name,
      decided_at: ctx.now.toString(),
      decided_reason: input.reason,
    })
    .where('plan_id', '=', input.planId)
    .where('status', 'in', ['planned', 'attempting', 'reading', 'retrying', 'did-not-obey', 'asked', 'unknown'])
    .returning(['id', 'task_id'])
    .execute();
  for (const taskId of new Set(open.flatMap((action) => action.task_id ?? []))) await cancelTask(ctx, taskId, input.reason);
  const plan = await ctx.db
    .updateTable('access_plans')
    .set({ status: 'withdrawn' })
    .where('id', '=', input.planId)
    .returning(['person_id', 'concealment_id'])
    .executeTakeFirst();
  if (plan) {
    await appendAudit(ctx, {
      action: 'plan.withdrawn',
      subject: { kind: 'plan', id: input.planId },
      after: { withdrawn: open.length },
      reason: input.reason,
      people: plan.person_id ? [plan.person_id] : [],
      concealmentId: plan.concealment_id,
    });
  }
}
