import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { isOver } from './step-state.ts';

/** Writes what became of a step and the audit event with it. */
export async function endStep(
  ctx: Context,
  run: { id: string; person_id: string; concealment_id: string | null },
  step: { id: string; title: string },
  end: { status: string; words: string; taskId?: string; result?: unknown; by?: string; reason?: string },
): Promise<void> {
  const now = ctx.now.toString();
  await ctx.db
    .updateTable('playbooks_steps')
    .set((e) => ({
      status: end.status,
      words: end.words,
      task_id: end.taskId ?? e.ref('task_id'),
      result: end.result === undefined ? e.ref('result') : JSON.stringify(end.result),
      started_at: e.fn.coalesce('started_at', e.val(now)),
      done_at: isOver(end.status) ? now : null,
      decided_by: end.by ?? e.ref('decided_by'),
      decided_reason: end.reason ?? e.ref('decided_reason'),
      next_at: null,
      lease_until: null,
    }))
    .where('id', '=', step.id)
    .execute();
  await appendAudit(ctx, {
    action: `step.${end.status}`,
    subject: { kind: 'step', id: step.id, name: step.title },
    after: { words: end.words, run: run.id },
    reason: end.reason ?? null,
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
}
