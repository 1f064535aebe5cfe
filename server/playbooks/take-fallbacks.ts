import type { Context } from '../platform/context.ts';
import { cancelTask } from '../tasks/index.ts';
import { otherwiseWords } from './begin-step.ts';
import { endStep } from './end-step.ts';
import type { RunRow } from './run-row.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';

type StepRow = {
  id: string;
  kind: string;
  title: string;
  status: string;
  next_at: string | null;
  task_id: string | null;
  definition: unknown;
};

/**
 * Questions of the run whose time is up fall to what the playbook says for that case. Mutates the answers of `run`, which later conditions read,
 * and the status of their `rows`.
 */
export async function takeFallbacks(ctx: Context, run: RunRow, rows: StepRow[]): Promise<void> {
  for (const row of rows) {
    if (row.kind !== 'question' || row.status !== 'waiting' || row.next_at === null) continue;
    if (Temporal.Instant.compare(row.next_at, ctx.now) > 0) continue;
    const step = row.definition as Extract<PlaybookStep, { kind: 'question' }>;
    run.answers = { ...(run.answers as object), [step.key]: step.question.otherwise };
    await ctx.db
      .updateTable('playbooks_runs')
      .set({ answers: JSON.stringify(run.answers) })
      .where('id', '=', run.id)
      .execute();
    const words = `Nobody answered in time: ${otherwiseWords(step)}.`;
    if (row.task_id) await cancelTask(ctx, row.task_id, words);
    await endStep(ctx, run, row, { status: 'done', words });
    row.status = 'done';
  }
}
