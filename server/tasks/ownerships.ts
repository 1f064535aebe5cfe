import type { OwnershipKind } from '../platform/ownerships.ts';
import { reassignTask } from './reassign-task.ts';

/** Open tasks that somebody was asked to do for others: they go on to whoever takes over. Tasks about their own leaving stay theirs. */
export const taskOwnership: OwnershipKind = {
  kind: 'task',
  one: '1 open task',
  many: '{n} open tasks',
  list: async (ctx, personId) => {
    const rows = await ctx.db
      .selectFrom('tasks_tasks')
      .select(['id', 'title', 'deputy_person_id', 'concealment_id'])
      .where('assignee_person_id', '=', personId)
      .where('status', '=', 'open')
      .where('subject_person_id', 'is distinct from', personId)
      .orderBy('title')
      .execute();
    return rows.map((row) => ({
      objectId: row.id,
      // Its title may name somebody whose leaving is not told to everybody who sees this one.
      label: row.concealment_id ? 'A confidential task' : `Task: ${row.title}`,
      deputyPersonId: row.deputy_person_id,
    }));
  },
  moveTo: (ctx, taskId, personId) => reassignTask(ctx, taskId, { personId, reason: 'Whoever was asked leaves.' }),
  holderOf: async (ctx, taskId) =>
    (await ctx.db.selectFrom('tasks_tasks').select('assignee_person_id').where('id', '=', taskId).executeTakeFirst())?.assignee_person_id ??
    null,
};
