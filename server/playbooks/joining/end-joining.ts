import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { cancelTask } from '../../tasks/index.ts';
import { endMending } from './lost-days.ts';

/** Ends the open hires of a person: what has not happened is called off, with its tasks. What was given is not touched here. Returns how many. */
export async function endJoining(ctx: Context, input: { personId: string; words: string; outcome?: 'no-show' }): Promise<number> {
  const runs = await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: 'cancelled', ended_at: ctx.now.toString(), ...(input.outcome ? { outcome: input.outcome } : {}) })
    .where('person_id', '=', input.personId)
    .where('moment', '!=', 'leaver')
    .where('status', 'in', ['running', 'paused'])
    .returning('id')
    .execute();
  for (const { id } of runs) {
    const steps = await ctx.db
      .selectFrom('playbooks_steps')
      .select('task_id')
      .where('run_id', '=', id)
      .where('task_id', 'is not', null)
      .execute();
    for (const step of steps) await cancelTask(ctx, step.task_id!, input.words);
    const asked = await ctx.db
      .selectFrom('tasks_tasks')
      .select('id')
      .where('about_kind', '=', 'hire')
      .where('about_id', '=', id)
      .where('status', '=', 'open')
      .execute();
    for (const task of asked) await cancelTask(ctx, task.id, input.words);
    await ctx.db
      .updateTable('playbooks_steps')
      .set({ status: 'cancelled', next_at: null, lease_until: null, words: input.words })
      .where('run_id', '=', id)
      .where('status', 'in', ['planned', 'working', 'waiting', 'asks', 'failed', 'unknown'])
      .execute();
    const lost = await ctx.db
      .updateTable('playbooks_lost_days')
      .set({ until: ctx.now.toString() })
      .where('run_id', '=', id)
      .where('until', 'is', null)
      .returning('task_id')
      .execute();
    for (const each of lost) await endMending(ctx, each.task_id, input.words);
    await appendAudit(ctx, { action: 'hire.ended', subject: { kind: 'run', id }, reason: input.words, people: [input.personId] });
  }
  return runs.length;
}
