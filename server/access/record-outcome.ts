import type { AccountRecord } from '../../connectors/kit/index.ts';
import { observeAccount } from '../apps/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { type ActionStatus, escalateAfterSeconds } from './action-state.ts';
import { askOwner } from './ask-owner.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { actionChanged } from './events.ts';

/** What came of performing an action. `record`: the account as it was read back, or that it is gone. */
export type Outcome = {
  status: ActionStatus;
  words: string;
  observed?: string;
  record?: AccountRecord | 'gone';
  problem?: boolean;
  nextInSeconds?: number;
};

/** Keeps that a change was sent and what the other system answered, before anything is read back. */
export async function recordAttempt(
  ctx: Context,
  action: ClaimedAction,
  input: { answer: string; before: { status: string | null } },
): Promise<void> {
  await ctx.db
    .updateTable('access_actions')
    .set((e) => ({
      status: 'reading',
      attempts: e('attempts', '+', 1),
      answered_at: ctx.now.toString(),
      answer: input.answer,
      // The state before the first attempt is what a restore goes back to; later attempts must not overwrite it.
      before: e.fn.coalesce('before', e.val(JSON.stringify(input.before))),
    }))
    .where('id', '=', action.id)
    .execute();
  await addHistory(ctx, action, 'attempt', input.answer, null);
  await appendAudit(ctx, {
    action: action.kind === 'restore' ? 'account.restore-sent' : 'account.suspend-sent',
    subject: { kind: 'account', id: action.accountId, name: `${action.person} in ${action.app}` },
    before: input.before,
    after: { answer: input.answer },
    people: [action.personId],
    concealmentId: action.concealmentId,
  });
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

/** Writes what is known of an action now, asks a person where a machine cannot go on, and tells whoever waits for it. */
export async function recordOutcome(ctx: Context, action: ClaimedAction, outcome: Outcome): Promise<void> {
  const now = ctx.now.toString();
  const isRead = outcome.observed !== undefined;
  const sinceDue = ctx.now.since(Temporal.Instant.from(action.firstAttemptAt ?? action.dueAt)).total('seconds');
  const isLate = outcome.status === 'retrying' && sinceDue >= escalateAfterSeconds && !action.escalatedAt;
  const mustAsk = outcome.status === 'asked' || outcome.status === 'did-not-obey' || isLate;
  await ctx.db
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
    .where('status', '!=', 'withdrawn')
    .execute();
  await addHistory(
    ctx,
    action,
    isRead ? 'read' : 'attempt',
    outcome.observed ? `${outcome.words} Read: ${outcome.observed}.` : outcome.words,
    outcome.status === 'verified' ? true : outcome.problem ? false : null,
  );
  if (outcome.record && action.accountId && action.kind !== 'revoke-entitlement') {
    await observeAccount(ctx, {
      accountId: action.accountId,
      status: outcome.record === 'gone' ? 'gone' : outcome.record.status,
      asOf: now,
      label: `Read back from ${action.app}`,
      source: 'read-back',
    });
  }
  if (mustAsk) await askOwner(ctx, action, outcome);
  if (outcome.status === action.previous) return;
  await appendAudit(ctx, {
    action: `account.${outcome.status}`,
    subject: { kind: 'account', id: action.accountId, name: `${action.person} in ${action.app}` },
    after: { words: outcome.words, observed: outcome.observed ?? null, action: action.id },
    people: [action.personId],
    concealmentId: action.concealmentId,
  });
  await emit(ctx, actionChanged, { actionId: action.id, planId: action.planId, status: outcome.status });
}
