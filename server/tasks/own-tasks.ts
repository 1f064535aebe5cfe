import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';

/**
 * The condition on `tasks_tasks as t` for what is the actor's own: theirs, or theirs before it went on to a deputy or the owners. Nothing that
 * must never reach them; and for somebody who has left only what is about themselves.
 */
export const isOwnTask = (ctx: Context) => {
  const { personId, memberId } = ctx.actor;
  return sql<boolean>`(
    (t.assignee_person_id = ${personId}::uuid or t.asked_person_ids @> array[${personId}::uuid] or t.assignee_member_id = ${memberId}::uuid)
    and t.never_person_id is distinct from ${personId ?? null}::uuid
    and (t.subject_person_id is not distinct from ${personId}::uuid
      or not exists (select from people_roster own where own.id = ${personId}::uuid and own.status = 'left')))`;
};

/** Refuses (404) a task that the actor may not reach: not there, concealed, or with reach `own` somebody else's. */
export async function reachTask(ctx: Context, taskId: string): Promise<void> {
  const found = await ctx.db
    .selectFrom('tasks_tasks as t')
    .select('t.id')
    .where('t.id', '=', taskId)
    .$if(ctx.reach === 'own', (query) => query.where(isOwnTask(ctx)))
    .executeTakeFirst();
  if (!found) throw notFound('task');
}
