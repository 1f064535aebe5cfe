import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { forbidden } from '../platform/errors.ts';
import { describeTasks, type TaskDetail } from './describe-tasks.ts';
import { isOwnTask } from './own-tasks.ts';

export type TaskFilter = { scope: 'mine' | 'all'; status: 'open' | 'closed'; limit: number; offset: number };

/**
 * Tasks in bundles: those about the same person stand together, the bundle with the earliest due time first, inside it by due time; closed ones
 * by when they were closed. `all` needs reach over all tasks.
 */
export async function listTasks(ctx: Context, filter: TaskFilter): Promise<{ rows: TaskDetail[]; total: number }> {
  if (filter.scope === 'all' && ctx.reach !== 'all') throw forbidden('Your role shows you your own tasks only.');
  const of = sql`${filter.status === 'open' ? sql`t.status = 'open'` : sql`t.status <> 'open'`} and ${filter.scope === 'all' ? sql`true` : isOwnTask(ctx)}`;
  const order =
    filter.status === 'open'
      ? sql`min(coalesce(t.due_at, 'infinity')) over (partition by t.subject_person_id), t.subject_person_id, coalesce(t.due_at, 'infinity'), t.id`
      : sql`t.done_at desc nulls last, t.id`;
  const { rows } = await sql<{ id: string; total: number }>`
    select t.id, count(*) over () as total from tasks_tasks t where ${of} order by ${order} limit ${filter.limit} offset ${filter.offset}`.execute(
    ctx.db,
  );
  const total = rows[0]?.total ?? (filter.offset === 0 ? 0 : await countTasks(ctx, of));
  return {
    rows: await describeTasks(
      ctx,
      rows.map((row) => row.id),
    ),
    total,
  };
}

async function countTasks(ctx: Context, of: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from tasks_tasks t where ${of}`.execute(ctx.db);
  return rows[0]!.total;
}

/** How many open tasks are the actor's own. */
export const countOpenTasks = (ctx: Context): Promise<number> => countTasks(ctx, sql`t.status = 'open' and ${isOwnTask(ctx)}`);
