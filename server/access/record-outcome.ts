import { type AccountRecord, plainText } from '../../connectors/kit/index.ts';
import { forgetAppGrant, observeAccount, observeGrant } from '../apps/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { type ActionStatus, escalateAfterSeconds, settledStatuses } from './action-state.ts';
import { askOwner } from './ask-owner.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { isDataKind } from './data/data-kinds.ts';
import { startSessionsOf } from './data/plan-data.ts';
import { actionChanged } from './events.ts';
import { giveBackNow } from './give-back-now.ts';
import { afterSettled } from './plans/after-settled.ts';
import { cancelEmptyTask } from './plans/withdraw-gives.ts';
import { takeInCreated } from './take-in-created.ts';

const longestWords = 1_000;

/** What came of performing an action. `record`: the account as it was read back, or that it is gone. */
export type Outcome = {
  status: ActionStatus;
  words: string;
  observed?: string;
  record?: AccountRecord | 'gone';
  /** What a read showed of one entitlement of one account. */
  grant?: { accountId: string; entitlementId: string; held: boolean };
  problem?: boolean;
  nextInSeconds?: number;
};

/**
 * Keeps what was read before the first change is sent: it is what a restore goes back to, also when the change is under way at that moment.
 * False when the action was withdrawn or settled meanwhile: then nothing may be sent. Later attempts do not overwrite it.
 */
export async function mayBeSent(ctx: Context, action: ClaimedAction, before: { status: string | null }): Promise<boolean> {
  const kept = await ctx.db
    .updateTable('access_actions')
    .set((e) => ({ before: e.fn.coalesce('before', e.val(JSON.stringify(before))) }))
    .where('id', '=', action.id)
    .where('status', 'not in', settledStatuses)
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

/** Keeps that a change was sent and what the other system answered, before anything is read back. What was settled meanwhile stays settled. */
export async function recordAttempt(
  ctx: Context,
  action: ClaimedAction,
  sent: { answer: string; before: { status: string | null } },
): Promise<void> {
  const input = { ...sent, answer: plainText(sent.answer, longestWords) };
  await ctx.db
    .updateTable('access_actions')
    .set((e) => ({
      status: e.case().when('status', 'in', settledStatuses).then(e.ref('status')).else('reading').end(),
      attempts: e('attempts', '+', 1),
      answered_at: ctx.now.toString(),
      answer: input.answer,
    }))
    .where('id', '=', action.id)
    .execute();
  await addHistory(ctx, action, 'attempt', input.answer, null);
  await appendAudit(ctx, {
    action: sentAs(action),
    subject: { kind: 'account', id: action.accountId, name: `${action.person} in ${action.app}` },
    before: input.before,
    after: { answer: input.answer },
    people: action.personId ? [action.personId] : [],
    concealmentId: action.concealmentId,
  });
}

function sentAs(action: ClaimedAction): string {
  if (action.kind === 'create-account') return 'account.create-sent';
  if (isDataKind(action.kind)) return `${action.kind}.sent`;
  if (action.direction !== null && action.kind === 'grant-entitlement') return 'grant.give-sent';
  if (action.direction !== null && action.kind === 'revoke-entitlement') return 'grant.take-sent';
  if (action.kind === 'grant-entitlement') return action.viaAppId === action.appId ? 'grant.give-sent' : 'account.restore-sent';
  return action.kind === 'restore' ? 'account.restore-sent' : 'account.suspend-sent';
}

const addHistory = (
  ctx: Context,
  action: { id: string; concealmentId: string | null },
  kind: 'attempt' | 'read',
  words: string,
  ok: boolean | null,
) =>
  ctx.db
    .insertInto('access_attempts')
    .values({
      organization_id: ctx.organizationId,
      action_id: action.id,
      kind,
      at: ctx.now.toString(),
      words,
      ok,
      concealment_id: action.concealmentId,
    })
    .execute();

/**
 * Writes what is known of an action now, asks a person where a machine cannot go on, and tells whoever waits for it. Of an action that was
 * withdrawn or settled meanwhile only what was read is kept, and what gives the account back need not wait any longer.
 */
export async function recordOutcome(ctx: Context, action: ClaimedAction, found: Outcome): Promise<void> {
  const outcome = { ...found, words: plainText(found.words, longestWords) };
  const now = ctx.now.toString();
  const isRead = outcome.observed !== undefined;
  const sinceDue = ctx.now.since(Temporal.Instant.from(action.firstAttemptAt ?? action.dueAt)).total('seconds');
  const isLate = outcome.status === 'retrying' && sinceDue >= escalateAfterSeconds && !action.escalatedAt;
  const mustAsk = outcome.status === 'asked' || outcome.status === 'did-not-obey' || isLate;
  const written = await ctx.db
    .updateTable('access_actions')
    .set((e) => ({
      status: outcome.status,
      attempts: outcome.status === 'retrying' ? e('attempts', '+', 1) : e.ref('attempts'),
      reads: isRead ? e('reads', '+', 1) : e.ref('reads'),
      observed: outcome.observed ?? e.ref('observed'),
      read_at: isRead ? now : e.ref('read_at'),
      verified_at: outcome.status === 'verified' ? now : null,
      problem: outcome.status === 'verified' ? null : outcome.words,
      next_at:
        outcome.nextInSeconds === undefined ? null : ctx.now.add({ milliseconds: Math.round(outcome.nextInSeconds * 1000) }).toString(),
      lease_until: null,
      escalated_at: isLate ? now : e.ref('escalated_at'),
    }))
    .where('id', '=', action.id)
    .where('status', 'not in', settledStatuses)
    .returning('id')
    .executeTakeFirst();
  await addHistory(
    ctx,
    action,
    isRead ? 'read' : 'attempt',
    outcome.observed ? `${outcome.words} Read: ${outcome.observed}.` : outcome.words,
    outcome.status === 'verified' ? true : outcome.problem ? false : null,
  );
  if (outcome.grant) await observeGrant(ctx, { ...outcome.grant, asOf: now });
  if (action.kind === 'revoke-app-grant' && outcome.status === 'verified' && action.accountId && action.input?.grant)
    await forgetAppGrant(ctx, { accountId: action.accountId, program: action.input.grant.externalId });
  if (action.kind === 'create-account') await takeInCreated(ctx, action, outcome);
  else if (outcome.record && action.accountId && action.kind !== 'revoke-entitlement') {
    await observeAccount(ctx, {
      accountId: action.accountId,
      status: outcome.record === 'gone' ? 'gone' : outcome.record.status,
      asOf: now,
      label: `Read back from ${action.app}`,
      source: 'read-back',
    });
  }
  await startSessionsOf(ctx, action);
  if (!written) {
    if (!outcome.problem) await giveBackNow(ctx, action);
    return;
  }
  if (outcome.status === 'verified') {
    if (action.taskId) await cancelEmptyTask(ctx, action.taskId, `A fresh read of ${action.app} shows that it is done.`);
    await afterSettled(ctx, action.id);
  }
  if (mustAsk) await askOwner(ctx, action, outcome);
  if (outcome.status === action.previous) return;
  await appendAudit(ctx, {
    action: `${isDataKind(action.kind) ? action.kind : 'account'}.${outcome.status}`,
    subject: { kind: 'account', id: action.accountId, name: `${action.person} in ${action.app}` },
    after: { words: outcome.words, observed: outcome.observed ?? null, action: action.id },
    people: action.personId ? [action.personId] : [],
    concealmentId: action.concealmentId,
  });
  await emit(ctx, actionChanged, { actionId: action.id, planId: action.planId, status: outcome.status });
}
