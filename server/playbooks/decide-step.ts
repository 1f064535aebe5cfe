import { refuseOwnExit } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { cancelTask } from '../tasks/index.ts';
import { endStep } from './end-step.ts';
import { getRun } from './run-row.ts';
import { wakeRun } from './settle-step.ts';

async function getStep(ctx: Context, stepId: string) {
  const step = await ctx.db.selectFrom('playbooks_steps').selectAll().where('id', '=', stepId).executeTakeFirst();
  if (!step) throw notFound('step');
  const run = await getRun(ctx, step.run_id, { lock: true });
  refuseOwnExit(ctx, run);
  return { step, run };
}

/** Tries a step again that failed, that is uncertain, or whose condition could not be known (then it is taken as true). */
export async function retryStep(ctx: Context, stepId: string): Promise<void> {
  const { step, run } = await getStep(ctx, stepId);
  if (!['failed', 'unknown', 'asks'].includes(step.status)) throw conflict('nothing_to_retry', 'This step does not wait for that.');
  // The decision that an unknown condition holds belongs to this run alone.
  const decided = step.status === 'asks' ? { result: JSON.stringify({ conditionDecided: true }) } : {};
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ status: 'planned', attempts: 0, next_at: ctx.now.toString(), ...decided })
    .where('id', '=', stepId)
    .execute();
  await appendAudit(ctx, {
    action: 'step.retried',
    subject: { kind: 'step', id: stepId, name: step.title },
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  await wakeRun(ctx, run.id);
}

/** Settles a step without doing it, with a reason that stays in the run and in the audit. */
export async function overrideStep(ctx: Context, stepId: string, reason: string): Promise<void> {
  const { step, run } = await getStep(ctx, stepId);
  if (reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why, so that the history shows it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  if (['done', 'overridden', 'cancelled', 'skipped', 'refused'].includes(step.status))
    throw conflict('already_settled', 'This step is over already.');
  if (step.task_id) await cancelTask(ctx, step.task_id, reason);
  await endStep(ctx, run, step, {
    status: 'overridden',
    words: `${ctx.actor.name} decided otherwise.`,
    by: ctx.actor.name,
    reason: reason.trim(),
  });
  await wakeRun(ctx, run.id);
}
