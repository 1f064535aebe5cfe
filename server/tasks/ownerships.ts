import type { OwnershipKind } from '../platform/ownerships.ts';
import { reassignTask } from './reassign-task.ts';

/** Open tasks that somebody was asked to do for others: they go on to whoever takes over. Tasks about their own leaving stay theirs. */
export const taskOwnership: OwnershipKind = {
  kind: 'task',
  one: '1 open task',
  many: '{n} open tasks',
  list: async (ctx, personId) => {
    const rows = await ctx.db
      .selectFrom('tasks_tasks as t')
      .leftJoin('people_concealments as c', (join) =>
        join.onRef('c.id', '=', 't.concealment_id').on('c.lifted_at', 'is', null).on('c.told_at', '>', ctx.now.toString()),
      )
      .select(['t.id', 't.title', 't.deputy_person_id', 'c.id as concealed_by'])
      .where('t.assignee_person_id', '=', personId)
      .where('t.status', '=', 'open')
      .where('t.subject_person_id', 'is distinct from', personId)
      .orderBy('t.title')
      .execute();
    return rows.map((row) => ({
      objectId: row.id,
      // Its title may name somebody whose leaving is not told to everybody who sees this one.
      label: row.concealed_by ? 'A confidential task' : `Task: ${row.title}`,
      deputyPersonId: row.deputy_person_id,
      concealed: row.concealed_by !== null,
    }));
  },
  moveTo: (ctx, taskId, personId) => reassignTask(ctx, taskId, { personId, reason: 'Whoever was asked leaves.' }),
  holderOf: async (ctx, taskId) =>
    (await ctx.db.selectFrom('tasks_tasks').select('assignee_person_id').where('id', '=', taskId).executeTakeFirst())?.assignee_person_id ??
    null,
};
