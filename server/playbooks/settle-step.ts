import { listActions, markApplied } from '../access/index.ts';
import type { Context } from '../platform/context.ts';
import { answerWords } from '../tasks/index.ts';
import { endStep } from './end-step.ts';
import { getRun } from './run-row.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';

/** Ends a step because the task that it opened was done: the answer steers later steps. Reaction to `task.done`. */
export async function settleStepByTask(ctx: Context, taskId: string): Promise<void> {
  const step = await ctx.db
    .selectFrom('playbooks_steps')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  if (!step) return;
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).executeTakeFirstOrThrow();
  const run = await getRun(ctx, step.run_id, { lock: true });
  const definition = step.definition as PlaybookStep;
  const by = task.done_by ?? 'somebody';
  if (definition.kind === 'question') await keepAnswer(ctx, run, definition, task.answer);
  const refused = definition.kind === 'approval' && task.answer === 'no';
  const words =
    definition.kind === 'task' || definition.kind === 'revoke-access'
      ? `${by} did it.`
      : `${by} answered: ${((await answerWords(ctx, taskId)) ?? '').replace(/\.$/, '')}.`;
  await endStep(ctx, run, step, { status: refused ? 'refused' : 'done', words, by });
  await wakeRun(ctx, run.id);
}

/** Keeps an answer so that later conditions can read it: yes and no as true and false. */
async function keepAnswer(
  ctx: Context,
  run: { id: string; answers: unknown },
  step: Extract<PlaybookStep, { kind: 'question' }>,
  answer: string | null,
): Promise<void> {
  const value = step.question.answer === 'yes-no' ? answer === 'yes' : answer;
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ answers: JSON.stringify({ ...(run.answers as object), [step.key]: value }) })
    .where('id', '=', run.id)
    .execute();
}

/** Lets the runner look at a run at once: what waited may go on now. */
export async function wakeRun(ctx: Context, runId: string): Promise<void> {
  const now = ctx.now.toString();
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ next_at: now })
    .where('run_id', '=', runId)
    .where('status', '=', 'planned')
    .where('due_at', '<=', now)
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
}

/** A person ended the task of a step before it was done: the step has to be decided. Reaction to `task.withdrawn`. */
export async function askAgainForStep(ctx: Context, taskId: string): Promise<void> {
  const step = await ctx.db
    .selectFrom('playbooks_steps')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  if (!step) return;
  const run = await getRun(ctx, step.run_id, { lock: true });
  await endStep(ctx, run, step, {
    status: 'failed',
    words: 'Its task was ended before it was done. Try the step again, or decide otherwise.',
  });
}

/** Ends the step that closes or gives access once every action has been attempted: what is still open stands in the proof, or in readiness. */
export async function settleAccessStep(ctx: Context, planId: string): Promise<void> {
  const run = await ctx.db
    .selectFrom('playbooks_runs')
    .select(['id', 'moment', 'person_id', 'concealment_id', 'attempted_at'])
    .where('plan_id', '=', planId)
    .executeTakeFirst();
  if (!run) return;
  const actions = (await listActions(ctx, [planId])).filter((action) => action.status !== 'withdrawn');
  if (actions.some((action) => action.status === 'planned' || (action.status === 'attempting' && action.attempts === 0))) return;
  if (!run.attempted_at) {
    await ctx.db.updateTable('playbooks_runs').set({ attempted_at: ctx.now.toString() }).where('id', '=', run.id).execute();
  }
  await markApplied(ctx, planId);
  const step = await ctx.db
    .selectFrom('playbooks_steps')
    .select(['id', 'title'])
    .where('run_id', '=', run.id)
    .where('kind', 'in', ['revoke-access', 'grant-access'])
    .where('status', '=', 'working')
    .executeTakeFirst();
  if (!step) return;
  const settledCount = actions.filter((action) => ['verified', 'evidenced', 'overridden'].includes(action.status)).length;
  const open = actions.length - settledCount;
  const where = run.moment === 'leaver' ? 'in the proof' : 'and named as missing';
  const attempted = actions.length === 1 ? 'Attempted' : `All ${actions.length} attempted`;
  const words = open === 0 ? `${attempted}, and settled.` : `${attempted}; ${settledCount} settled, ${open} still open ${where}.`;
  await endStep(ctx, run, step, { status: 'done', words });
  await wakeRun(ctx, run.id);
}
