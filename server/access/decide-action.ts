import { refuseOwnExit } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { actionChanged } from './events.ts';
import { afterSettled } from './plans/after-settled.ts';
import { cancelEmptyTask } from './plans/withdraw-gives.ts';

/** Reads one action with the names its sentences need, or refuses. */
export async function getAction(ctx: Context, actionId: string) {
  const action = await ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .leftJoin('people_roster as r', 'r.id', 'a.person_id')
    .leftJoin('apps_accounts as c', 'c.id', 'a.account_id')
    .selectAll('a')
    .select([
      'p.name as app',
      sql<string>`coalesce(r.name, c.display_name, c.user_name, c.address, c.external_id, 'nobody known')`.as('person'),
    ])
    .where('a.id', '=', actionId)
    .executeTakeFirst();
  if (!action) throw notFound('action');
  return action;
}

/** Decides a line against what was read: it is settled because a named person says so, with a reason. The proof shows who and why. */
export async function overrideAction(ctx: Context, input: { actionId: string; reason: string }): Promise<void> {
  const action = await getAction(ctx, input.actionId);
  refuseOwnExit(ctx, action);
  if (input.reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why, so that the proof can show it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  if (['verified', 'withdrawn', 'overridden'].includes(action.status)) throw conflict('already_settled', 'This line is settled already.');
  if (action.status === 'planned') throw conflict('not_yet_due', 'This has not been tried yet. Wait for the cut-off, or change the plan.');
  await settle(ctx, action, { status: 'overridden', reason: input.reason.trim() });
}

/** Tries an action again now, whatever its back-off says. */
export async function retryAction(ctx: Context, actionId: string): Promise<void> {
  const action = await getAction(ctx, actionId);
  refuseOwnExit(ctx, action);
  if (!['did-not-obey', 'retrying', 'asked', 'unknown', 'reading'].includes(action.status) || action.kind === 'ask') {
    throw conflict('nothing_to_retry', 'Nothing is open here that a machine could try again.');
  }
  await ctx.db
    .updateTable('access_actions')
    .set({ status: 'retrying', next_at: ctx.now.toString(), lease_until: null })
    .where('id', '=', actionId)
    .execute();
  await appendAudit(ctx, {
    action: 'action.retried',
    subject: { kind: 'action', id: actionId, name: `${action.person} in ${action.app}` },
    people: action.person_id ? [action.person_id] : [],
    concealmentId: action.concealment_id,
  });
  ctx.afterCommit(() => ctx.platform.wake());
}

/** Settles an action because the person who was asked finished the task with evidence. Reaction to `task.done`. */
export async function settleByTask(ctx: Context, input: { actionId: string; doneBy: string }): Promise<void> {
  const action = await getAction(ctx, input.actionId);
  if (['verified', 'withdrawn', 'overridden', 'evidenced'].includes(action.status)) return;
  await settle(ctx, action, { status: 'evidenced', reason: null, by: input.doneBy });
}

/** The task that asked for an action was ended by a person without being done: the line stays open, and nobody is asked any more. */
export async function unaskAction(ctx: Context, actionId: string): Promise<void> {
  const action = await getAction(ctx, actionId);
  if (action.status !== 'asked') return;
  await ctx.db
    .updateTable('access_actions')
    .set({ status: 'unknown', problem: `Nobody is asked to look at ${action.app} any more.` })
    .where('id', '=', actionId)
    .execute();
  await afterSettled(ctx, actionId);
}

async function settle(
  ctx: Context,
  action: Awaited<ReturnType<typeof getAction>>,
  input: { status: 'overridden' | 'evidenced'; reason: string | null; by?: string },
): Promise<void> {
  await ctx.db
    .updateTable('access_actions')
    .set({
      status: input.status,
      decided_by: input.by ?? ctx.actor.name,
      decided_at: ctx.now.toString(),
      decided_reason: input.reason,
      next_at: null,
      lease_until: null,
    })
    .where('id', '=', action.id)
    .execute();
  if (action.task_id && input.status === 'overridden') await cancelEmptyTask(ctx, action.task_id, 'The line was decided otherwise.');
  await appendAudit(ctx, {
    action: `account.${input.status}`,
    subject: { kind: 'account', id: action.account_id, name: `${action.person} in ${action.app}` },
    before: { status: action.status },
    after: { status: input.status, by: input.by ?? ctx.actor.name },
    reason: input.reason,
    people: action.person_id ? [action.person_id] : [],
    concealmentId: action.concealment_id,
  });
  await afterSettled(ctx, action.id);
  await emit(ctx, actionChanged, { actionId: action.id, planId: action.plan_id, status: input.status });
}

/** Settles everything that one task asked for, or leaves it open with nobody asked. Reaction to `task.done` and `task.withdrawn`. */
export async function settleSharedTask(ctx: Context, input: { taskId: string; doneBy: string | null }): Promise<void> {
  const open = await ctx.db
    .selectFrom('access_actions')
    .select('id')
    .where('task_id', '=', input.taskId)
    .where('status', 'in', ['planned', 'asked'])
    .orderBy('position')
    .execute();
  for (const { id } of open) {
    if (input.doneBy !== null) await settleByTask(ctx, { actionId: id, doneBy: input.doneBy });
    else await unaskAction(ctx, id);
  }
}
