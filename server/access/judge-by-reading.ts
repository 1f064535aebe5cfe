import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { cancelTask } from '../tasks/index.ts';
import { actionChanged, actionReopened } from './events.ts';

/**
 * Verifies by a whole reading (a sync or a list given by hand) what had waited for a person: an account that the reading, made after the
 * cut-off, shows suspended or gone is closed. A list proves absence only where the reading itself was complete: then the account is 'gone'.
 */
export async function judgeByReading(ctx: Context, appId: string): Promise<void> {
  const closed = await ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('apps_accounts as c', 'c.id', 'a.account_id')
    .innerJoin('apps_readings as r', 'r.id', 'c.reading_id')
    .innerJoin('access_plans as p', 'p.id', 'a.plan_id')
    .select([
      'a.id',
      'a.plan_id',
      'a.person_id',
      'a.task_id',
      'a.concealment_id',
      'c.status',
      'c.status_observed_at as observed_at',
      'r.label',
    ])
    .where('a.app_id', '=', appId)
    .where('p.purpose', 'in', ['leave', 'absence'])
    .where('a.kind', '!=', 'revoke-entitlement')
    .where('a.status', 'in', ['asked', 'evidenced', 'retrying', 'did-not-obey', 'unknown'])
    .where('c.status', 'in', ['suspended', 'gone'])
    .whereRef('c.status_observed_at', '>', 'a.due_at')
    // Gone under its id, but there under another one, is not closed.
    .where((e) =>
      e.or([
        e('c.status', '=', 'suspended'),
        e('c.user_name', 'is', null),
        e.not(
          e.exists(
            e
              .selectFrom('apps_accounts as other')
              .select('other.id')
              .whereRef('other.app_id', '=', 'a.app_id')
              .whereRef('other.id', '<>', 'c.id')
              .where((o) => o(o.fn('lower', ['other.user_name']), '=', o.fn('lower', ['c.user_name'])))
              .where((o) => o.or([o('other.status', 'is', null), o('other.status', '=', 'active')])),
          ),
        ),
      ]),
    )
    .execute();
  for (const action of closed) {
    await ctx.db
      .updateTable('access_actions')
      .set({
        status: 'verified',
        verified_at: ctx.now.toString(),
        read_at: action.observed_at ?? ctx.now.toString(),
        observed: action.status === 'gone' ? 'no such account' : 'suspended',
        problem: null,
        next_at: null,
        lease_until: null,
      })
      .where('id', '=', action.id)
      .execute();
    await ctx.db
      .insertInto('access_attempts')
      .values({
        organization_id: ctx.organizationId,
        action_id: action.id,
        kind: 'read',
        at: action.observed_at ?? ctx.now.toString(),
        words: `${action.label}: ${action.status === 'gone' ? 'not there' : 'suspended'}.`,
        ok: true,
        concealment_id: action.concealment_id,
      })
      .execute();
    if (action.task_id) await cancelTask(ctx, action.task_id, `${action.label} shows that it is closed.`);
    await appendAudit(ctx, {
      action: 'account.verified',
      subject: { kind: 'action', id: action.id },
      after: { by: action.label, observed: action.status },
      people: action.person_id ? [action.person_id] : [],
      concealmentId: action.concealment_id,
    });
    await emit(ctx, actionChanged, { actionId: action.id, planId: action.plan_id, status: 'verified' });
  }
}

/** An account that was closed was read as active: its line opens again, the machine tries again at once, and whoever holds the proof is told. */
export async function reopenAction(ctx: Context, input: { accountId: string; personId: string }): Promise<void> {
  const action = await ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('access_plans as p', 'p.id', 'a.plan_id')
    .innerJoin('apps_apps as app', 'app.id', 'a.app_id')
    .innerJoin('apps_accounts as c', 'c.id', 'a.account_id')
    .select([
      'a.id',
      'a.plan_id',
      'a.status',
      'a.kind',
      'a.concealment_id',
      'app.name as app',
      'c.status as account_status',
      'c.observed_at',
    ])
    .where('a.account_id', '=', input.accountId)
    .where('p.purpose', '=', 'leave')
    .where('p.status', '!=', 'withdrawn')
    .where('a.status', 'in', ['verified', 'evidenced'])
    .orderBy('a.created_at', 'desc')
    .executeTakeFirst();
  if (action?.account_status !== 'active') return;
  await ctx.db
    .updateTable('access_actions')
    .set({
      status: action.kind === 'ask' || action.kind === 'watch' ? 'planned' : 'retrying',
      verified_at: null,
      observed: 'active',
      read_at: action.observed_at,
      problem: `${action.app} showed the account as active again.`,
      task_id: null,
      attempts: 0,
      reads: 0,
      next_at: ctx.now.toString(),
      lease_until: null,
    })
    .where('id', '=', action.id)
    .execute();
  await appendAudit(ctx, {
    action: 'account.reappeared',
    subject: { kind: 'action', id: action.id, name: action.app },
    before: { status: action.status },
    after: { observed: 'active' },
    people: [input.personId],
    concealmentId: action.concealment_id,
  });
  await emit(ctx, actionReopened, { actionId: action.id, planId: action.plan_id, personId: input.personId });
  ctx.afterCommit(() => ctx.platform.wake());
}
