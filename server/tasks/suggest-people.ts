import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict } from '../platform/errors.ts';
import { findSecrecy } from './choose-assignee.ts';

const most = 20;

/**
 * People whose name holds these words: who may be named as the answer (still here, and not the one it is about), or to whom the task may be given
 * (who may know of it).
 */
export async function suggestPeople(
  ctx: Context,
  taskId: string,
  find: string,
  purpose: 'answer' | 'assignee',
): Promise<{ id: string; name: string; detail: string }[]> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['answer_kind', 'status', 'subject_person_id', 'never_person_id', 'concealment_id'])
    .where('id', '=', taskId)
    .executeTakeFirstOrThrow();
  if (task.status !== 'open' || (purpose === 'answer' && !['person', 'form'].includes(task.answer_kind ?? '')))
    throw conflict('asks_for_nobody', 'This does not ask for a person.');
  const words = find.trim();
  if (words === '') return [];
  const named = purpose === 'assignee' ? ((await findSecrecy(ctx, task.concealment_id))?.named ?? null) : null;
  const barred = [task.never_person_id, purpose === 'answer' ? task.subject_person_id : null].filter((id): id is string => Boolean(id));
  const { rows } = await sql<{ id: string; name: string; title: string | null; department: string | null }>`
    select r.id, r.name, r.title, r.department from people_roster r
    where r.id in (select id from search_people(${words}, 200)) and r.status <> 'left' and not (r.id = any (${barred}::uuid[]))
      and position(lower(${words}) in lower(r.name || ' ' || r.given_name || ' ' || coalesce(r.family_name, ''))) > 0
      and (${named === null} or r.member_id = any (${named ?? []}::uuid[]))
    order by r.name limit ${most}`.execute(ctx.db);
  return rows.map((row) => ({ id: row.id, name: row.name, detail: [row.title, row.department].filter(Boolean).join(', ') }));
}
