import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** One line of a plan: what was to happen in one app, and what is known. */
export async function listActions(ctx: Context, planIds: string[]) {
  if (planIds.length === 0) return [];
  return ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .leftJoin('apps_accounts as c', 'c.id', 'a.account_id')
    .leftJoin('tasks_tasks as t', 't.id', 'a.task_id')
    .leftJoin('people_roster as who', 'who.id', 't.assignee_person_id')
    .leftJoin('identity_members as asked', 'asked.id', 't.assignee_member_id')
    .leftJoin('apps_apps as via', 'via.id', 'a.via_app_id')
    .select([
      'a.id',
      'a.plan_id',
      'a.kind',
      'a.status',
      'a.position',
      'a.app_id',
      'p.name as app',
      'p.writer',
      'via.name as via',
      'a.account_id',
      sql<string | null>`coalesce(c.user_name, c.address, c.display_name, c.external_id)`.as('account'),
      'c.status as account_status',
      'a.due_at',
      'a.first_attempt_at',
      'a.answered_at',
      'a.answer',
      'a.input',
      'a.label',
      'a.attempts',
      'a.reads',
      'a.observed',
      'a.read_at',
      'a.verified_at',
      'a.problem',
      'a.next_at',
      'a.task_id',
      sql<string | null>`coalesce(who.name, asked.name)`.as('asked'),
      't.status as task_status',
      't.due_at as task_due_at',
      'a.decided_by',
      'a.decided_at',
      'a.decided_reason',
    ])
    .where('a.plan_id', 'in', planIds)
    .orderBy('a.position')
    .orderBy('p.name')
    .execute();
}

export type ActionLine = Awaited<ReturnType<typeof listActions>>[number];

/** Every attempt and read of an action, oldest first. */
export const listAttempts = (ctx: Context, actionIds: string[]) =>
  actionIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .selectFrom('access_attempts')
        .select(['action_id', 'kind', 'at', 'words', 'ok'])
        .where('action_id', 'in', actionIds)
        .orderBy('at')
        .orderBy('id')
        .execute();
