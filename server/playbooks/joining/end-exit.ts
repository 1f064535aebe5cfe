import { overrideAction, withdrawPlan } from '../../access/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { cancelTask } from '../../tasks/index.ts';

/**
 * Ends what is left of the exit of somebody who has left and comes back: nothing of it closes, deletes or asks any more. What it closed stays closed
 * until the hire or the rules open it, and its proof stays. An exit whose cut-off is still to come is not touched. Repeating it is harmless.
 */
export async function endExit(ctx: Context, personId: string, words: string): Promise<void> {
  const open = await ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('access_plans as p', 'p.id', 'a.plan_id')
    .select('a.id')
    .where('a.person_id', '=', personId)
    .where('p.purpose', '=', 'leave')
    .where('p.status', 'in', ['applying', 'applied'])
    .where('a.status', 'in', ['attempting', 'reading', 'retrying', 'did-not-obey', 'asked', 'unknown'])
    .execute();
  // The proof goes on showing these lines, with who decided so.
  for (const { id } of open) await overrideAction(ctx, { actionId: id, reason: words });
  // What was to become of their data weeks later, also of an exit that is closed.
  const data = await ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('access_plans as p', 'p.id', 'r.data_plan_id')
    .select(['p.id', 'r.data_task_id'])
    .where('r.person_id', '=', personId)
    .where('r.cut_off_at', '<=', ctx.now.toString())
    .where('p.status', '<>', 'withdrawn')
    .execute();
  for (const { id, data_task_id: taskId } of data) {
    await withdrawPlan(ctx, { planId: id, reason: words });
    if (taskId) await cancelTask(ctx, taskId, words);
  }
  const runs = await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: 'done', ended_at: ctx.now.toString() })
    .where('person_id', '=', personId)
    .where('moment', '=', 'leaver')
    .where('status', 'in', ['running', 'paused'])
    .where('cut_off_at', '<=', ctx.now.toString())
    .returning(['id', 'concealment_id'])
    .execute();
  for (const run of runs) {
    const steps = await ctx.db
      .updateTable('playbooks_steps')
      .set({ status: 'cancelled', next_at: null, lease_until: null, words })
      .where('run_id', '=', run.id)
      .where('status', 'in', ['planned', 'working', 'waiting', 'asks', 'failed', 'unknown'])
      .returning('task_id')
      .execute();
    for (const { task_id } of steps) if (task_id) await cancelTask(ctx, task_id, words);
    await appendAudit(ctx, {
      action: 'leaving.ended',
      subject: { kind: 'run', id: run.id },
      reason: words,
      people: [personId],
      concealmentId: run.concealment_id,
    });
  }
}
