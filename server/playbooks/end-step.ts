import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { isOver } from './step-state.ts';

type Run = { id: string; person_id: string; concealment_id: string | null };

/** What became of a step. `wakeAt`: it is looked at again then. What is not given stays as it was. */
export type StepEnd = {
  status: string;
  words: string;
  taskId?: string | undefined;
  result?: unknown;
  by?: string | undefined;
  reason?: string | undefined;
  wakeAt?: string | undefined;
};

/** Writes what became of a step and the audit event with it. */
export const endStep = (ctx: Context, run: Run, step: { id: string; title: string }, end: StepEnd): Promise<void> =>
  endSteps(ctx, run, [{ step, end }]);

/** Writes what became of steps of one run, and an audit event for each, in as many statements as for one. */
export async function endSteps(ctx: Context, run: Run, ends: { step: { id: string; title: string }; end: StepEnd }[]): Promise<void> {
  if (ends.length === 0) return;
  const rows = ends.map(({ step, end }) => ({
    id: step.id,
    status: end.status,
    words: end.words,
    task: end.taskId ?? null,
    // As text, so that a result that is null in itself differs from none.
    result: end.result === undefined ? null : JSON.stringify(end.result),
    over: isOver(end.status),
    by: end.by ?? null,
    reason: end.reason ?? null,
    wake: end.wakeAt ?? null,
  }));
  const now = ctx.now.toString();
  await sql`
    update playbooks_steps s set status = r.status, words = r.words, task_id = coalesce(r.task, s.task_id), result = coalesce(r.result::jsonb, s.result),
      started_at = coalesce(s.started_at, ${now}), done_at = case when r.over then ${now}::timestamptz end, decided_by = coalesce(r.by, s.decided_by),
      decided_reason = coalesce(r.reason, s.decided_reason), next_at = r.wake, lease_until = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, status text, words text, task uuid, result text, "over" boolean, by text, reason text, wake timestamptz)
    where s.id = r.id and s.run_id = ${run.id}`.execute(ctx.db);
  await appendAudit(
    ctx,
    ...ends.map(({ step, end }) => ({
      action: `step.${end.status}`,
      subject: { kind: 'step', id: step.id, name: step.title },
      after: { words: end.words, run: run.id },
      reason: end.reason ?? null,
      people: [run.person_id],
      concealmentId: run.concealment_id,
    })),
  );
}
