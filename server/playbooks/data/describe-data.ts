import { findHold } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { laterSections } from '../proof/later-sections.ts';
import type { LeavingRun } from '../run-row.ts';
import { dataAccounts } from './data-accounts.ts';
import { choicesOf, topicsOf } from './data-topics.ts';
import { listWishes } from './plan-wishes.ts';

/** What becomes of the data of a leaver: each part with who inherits it, whom it waits for, what comes later, and the hold on it. */
export async function describeData(ctx: Context, run: LeavingRun) {
  const wishes = await listWishes(ctx, run.id);
  const topics = topicsOf(await dataAccounts(ctx, run.person_id));
  const task = run.data_task_id
    ? await ctx.db
        .selectFrom('tasks_tasks as t')
        .leftJoin('people_roster as who', 'who.id', 't.assignee_person_id')
        .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
        .select(['t.id', 't.due_at'])
        .select((e) => e.fn.coalesce('who.name', 'm.name').as('who'))
        .where('t.id', '=', run.data_task_id)
        .where('t.status', '=', 'open')
        .executeTakeFirst()
    : undefined;
  return {
    topics: [...new Set([...topics, ...wishes.map(({ topic }) => topic)])].map((topic) => {
      const wish = wishes.find((each) => each.topic === topic);
      return {
        topic,
        choices: choicesOf[topic],
        choice: wish?.choice ?? null,
        to: wish?.to ? { id: wish.to.personId, name: wish.to.name } : null,
        text: wish?.text ?? null,
        until: wish?.until ?? null,
        because: wish?.because ?? null,
      };
    }),
    asked: task ? { taskId: task.id, who: task.who, dueAt: task.due_at } : null,
    later: await laterSections(ctx, run),
    hold: await findHold(ctx, run.person_id),
  };
}
