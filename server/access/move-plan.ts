import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { cancelTask } from '../tasks/index.ts';
import { othersAfterSeconds } from './action-state.ts';

/** Moves what has not happened yet of a plan to another instant; what comes days later moves by as much. */
export async function movePlan(ctx: Context, input: { planId: string; dueAt: string }): Promise<void> {
  const due = Temporal.Instant.from(input.dueAt);
  const plan = await ctx.db
    .selectFrom('access_plans')
    .select('due_at')
    .where('id', '=', input.planId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await ctx.db.updateTable('access_plans').set({ due_at: input.dueAt }).where('id', '=', input.planId).execute();
  const before = Temporal.Instant.from(plan.due_at ?? input.dueAt);
  const moment = before.add({ minutes: 1 }).toString();
  const planned = ctx.db.selectFrom('access_actions').select('id').where('plan_id', '=', input.planId).where('status', '=', 'planned');
  const later = (await planned.where('due_at', '>', moment).execute()).map((action) => action.id);
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
    .where((e) => e.not(e('id', '=', sql<string>`any (${later}::uuid[])`)))
    .execute();
  const by = `${due.since(before).total('seconds')} seconds`;
  await sql`update access_actions set due_at = due_at + ${by}::interval, next_at = next_at + ${by}::interval where id = any (${later}::uuid[])`.execute(
    ctx.db,
  );
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
