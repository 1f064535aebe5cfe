import type { Context } from '../platform/context.ts';
import { cancelTask } from '../tasks/index.ts';
import { otherwiseWords } from './begin-step.ts';
import { endStep } from './end-step.ts';
import type { RunRow } from './run-row.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';

/** Questions whose time is up fall to what the playbook says for that case. Mutates the answers of `run`, which later conditions read. */
export async function takeFallbacks(ctx: Context, run: RunRow): Promise<void> {
  const late = await ctx.db
    .selectFrom('playbooks_steps')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('kind', '=', 'question')
    .where('status', '=', 'waiting')
    .where('next_at', '<=', ctx.now.toString())
    .execute();
  for (const row of late) {
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
  }
}
