import { appendAudit } from '../platform/audit.ts';
import { type Context, runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { escalateTask } from './escalate-task.ts';
import { tellAssignee } from './tell-assignee.ts';

const mostAtOnce = 200;

/**
 * Reminds, and hands on what was not done in time, for one organization. Each task has a transaction of its own, which clears the instant that
 * was due: after a crash, or beside another worker, each reminder is written once. Returns how many tasks were worked.
 */
export async function performDueTaskReminders(platform: Platform, organizationId: string): Promise<number> {
  const due = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('tasks_tasks')
      .select('id')
      .where('status', '=', 'open')
      .where((e) => e.or([e('remind_at', '<=', ctx.now.toString()), e('escalate_at', '<=', ctx.now.toString())]))
      .orderBy('created_at')
      .limit(mostAtOnce)
      .execute(),
  );
  let worked = 0;
  for (const { id } of due) {
    try {
      if (await runAsSystem(platform, organizationId, (ctx) => remindOrEscalate(ctx, id))) worked += 1;
      platform.boundary('task.reminded');
    } catch (error) {
      // One task must not hold up the others; it stays due and is tried again.
      platform.log.error({ task: id, problem: (error as Error).message }, 'a reminder failed');
    }
  }
  return worked;
}

async function remindOrEscalate(ctx: Context, taskId: string): Promise<boolean> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['id', 'title', 'remind_at', 'later_reminders', 'escalate_at', 'assignee_person_id', 'subject_person_id', 'concealment_id'])
    .where('id', '=', taskId)
    .where('status', '=', 'open')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!task) return false;
  const passed = (at: string | null) => at !== null && Temporal.Instant.compare(at, ctx.now) <= 0;
  const escalates = passed(task.escalate_at);
  if (!escalates && !passed(task.remind_at)) return false;
  // A leaver keeps their own tasks (give back the keys); those of others go on.
  const gone = !escalates && task.assignee_person_id !== task.subject_person_id && (await hasLeft(ctx, task.assignee_person_id));
  if (passed(task.remind_at)) {
    // Of those that passed meanwhile one is enough.
    const [next = null, ...later] = task.later_reminders.filter((at) => !passed(at));
    await ctx.db
      .updateTable('tasks_tasks')
      .set({ remind_at: next, later_reminders: later, reminded_at: ctx.now.toString() })
      .where('id', '=', taskId)
      .execute();
  }
  if (escalates || gone) {
    await escalateTask(ctx, taskId, { reason: gone ? 'Whoever was asked has left.' : 'It was not done in time.' });
    return true;
  }
  await tellAssignee(ctx, taskId, 'reminder');
  await appendAudit(ctx, {
    action: 'task.reminded',
    subject: { kind: 'task', id: taskId, name: task.title },
    people: task.assignee_person_id ? [task.assignee_person_id] : [],
    concealmentId: task.concealment_id,
  });
  return true;
}

async function hasLeft(ctx: Context, personId: string | null): Promise<boolean> {
  if (!personId) return false;
  const person = await ctx.db.selectFrom('people_roster').select('status').where('id', '=', personId).executeTakeFirst();
  return person?.status === 'left';
}
