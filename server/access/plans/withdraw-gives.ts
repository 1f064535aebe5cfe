import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { cancelTask } from '../../tasks/index.ts';
import { openStatuses } from '../gap/gap-rows.ts';
import { endPlan } from './after-settled.ts';

/** Withdraws what plans of rules, and of a leave of absence, still have open for somebody whose leaving begins: from then on only the leaver's plan works for them. */
export async function withdrawGives(ctx: Context, input: { personId: string; reason: string }): Promise<void> {
  const { rows } = await sql<{ plan_id: string; task_id: string | null }>`
    update access_actions a set status = 'withdrawn', next_at = null, lease_until = null, decided_by = ${ctx.actor.name}, decided_at = ${ctx.now.toString()},
      decided_reason = ${input.reason}
    from access_plans p where p.organization_id = a.organization_id and p.id = a.plan_id
      and (p.purpose in ('gap', 'join', 'undo', 'absence')
        or exists (select from access_absences b where b.organization_id = p.organization_id and b.return_plan_id = p.id))
      and a.person_id = ${input.personId} and a.status = any (${[...openStatuses, 'unknown']}::text[])
    returning a.plan_id, a.task_id`.execute(ctx.db);
  for (const taskId of new Set(rows.flatMap((row) => row.task_id ?? []))) await cancelEmptyTask(ctx, taskId, input.reason);
  for (const planId of new Set(rows.map((row) => row.plan_id))) await endPlan(ctx, planId);
}

/** Ends a task once nothing that it asked for is open any more: one task may ask for many people. */
export async function cancelEmptyTask(ctx: Context, taskId: string, reason: string): Promise<void> {
  const { rows } = await sql`
    select from access_actions where task_id = ${taskId} and status = any (${[...openStatuses]}::text[]) limit 1`.execute(ctx.db);
  if (rows.length === 0) await cancelTask(ctx, taskId, reason);
}
