import type { Heir } from '../../access/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { cancelTask, type FormAnswer } from '../../tasks/index.ts';
import { getRun, type LeavingRun, leavingOf } from '../run-row.ts';
import { dataAccounts } from './data-accounts.ts';
import { type DataTopic, dataTopics, topicsOf } from './data-topics.ts';
import { heirOf, mailUntil, proposedHeir } from './heirs.ts';
import { planLater } from './plan-later.ts';
import { planWishes } from './plan-wishes.ts';

type Decided = { choice: string; to: Heir | null; text: string | null; until: string | null };

const proposed: Record<DataTopic, string> = { files: 'give', mail: 'reply', meetings: 'take', automations: 'give' };

/** What is done where nobody answers: everything goes to the manager, and mail is answered by itself. */
const proposalOf = (topic: DataTopic, heir: Heir | null, until: string): Decided => ({
  choice: proposed[topic],
  to: heir,
  text: null,
  until: topic === 'mail' ? until : null,
});

/** Takes the answer to the question about the data. Reaction to `task.done`. */
export async function settleDataQuestion(ctx: Context, taskId: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).executeTakeFirst();
  if (!task?.about_id || task.answer === null) return;
  const run = leavingOf(await getRun(ctx, task.about_id, { lock: true }));
  if (run.data_task_id !== taskId || !isGoing(run)) return;
  const answer = JSON.parse(task.answer) as FormAnswer;
  const heir = await proposedHeir(ctx, run);
  const by = task.done_by ?? 'somebody';
  for (const topic of dataTopics) {
    const choice = answer[topic];
    if (!choice) continue;
    const named = answer[`${topic}_to`];
    await keepWish(
      ctx,
      run,
      topic,
      {
        choice,
        to: named ? ((await heirOf(ctx, named)) ?? heir) : null,
        text: answer[`${topic}_text`] ?? null,
        until: topic === 'mail' ? (answer.mail_until ?? mailUntil(run)) : null,
      },
      { because: `${by} decided so.`, by },
    );
  }
  await waitNoMore(ctx, run);
  await planWishes(ctx, run, 'It was decided otherwise since.');
  await planLater(ctx, run);
}

/** Nobody answered in time, or the question was ended: what was proposed is done. */
export async function takeProposals(ctx: Context, run: LeavingRun, because: string): Promise<void> {
  if (run.data_task_id) await cancelTask(ctx, run.data_task_id, because);
  await keepProposals(ctx, run, topicsOf(await dataAccounts(ctx, run.person_id)), because);
  await waitNoMore(ctx, run);
  await planWishes(ctx, run, because);
  await planLater(ctx, run);
}

/** Whoever writes after a cut-off that came at once gets an answer, whatever is decided about the rest later. */
export async function proposeAtOnce(ctx: Context, run: LeavingRun, topics: DataTopic[]): Promise<void> {
  if (!topics.includes('mail')) return;
  await keepProposals(ctx, run, ['mail'], 'Access closed before anybody could answer.');
  await planWishes(ctx, run, 'It was decided otherwise since.');
}

/** The question about the data whose time is up. Called whenever a run is advanced. */
export async function takeDataFallback(ctx: Context, run: LeavingRun): Promise<void> {
  if (run.data_due_at === null || Temporal.Instant.compare(run.data_due_at, ctx.now) > 0) return;
  await takeProposals(ctx, run, 'Nobody answered in time.');
}

/** The question was ended by a person before it was answered. Reaction to `task.withdrawn`. */
export async function dataQuestionEnded(ctx: Context, runId: string): Promise<void> {
  const run = leavingOf(await getRun(ctx, runId, { lock: true }));
  if (isGoing(run) && run.data_due_at !== null) await takeProposals(ctx, run, 'The question was ended without an answer.');
}

const isGoing = (run: LeavingRun) => run.status === 'running' || run.status === 'paused';

async function waitNoMore(ctx: Context, run: LeavingRun): Promise<void> {
  await ctx.db.updateTable('playbooks_runs').set({ data_due_at: null }).where('id', '=', run.id).execute();
  run.data_due_at = null;
}

// What somebody decided stays.
async function keepProposals(ctx: Context, run: LeavingRun, topics: DataTopic[], because: string): Promise<void> {
  const decided = await ctx.db
    .selectFrom('playbooks_data_wishes')
    .select('topic')
    .where('run_id', '=', run.id)
    .where('decided_by', 'is not', null)
    .execute();
  const heir = await proposedHeir(ctx, run);
  for (const topic of topics)
    if (!decided.some((each) => each.topic === topic))
      await keepWish(ctx, run, topic, proposalOf(topic, heir, mailUntil(run)), { because, by: null });
}

/** Writes what was decided about one topic. */
export async function keepWish(
  ctx: Context,
  run: LeavingRun,
  topic: DataTopic,
  wish: Decided,
  { because, by }: { because: string; by: string | null },
): Promise<void> {
  const row = {
    choice: wish.choice,
    to_person_id: wish.to?.personId ?? null,
    text: wish.text,
    until_on: wish.until,
    because,
    decided_by: by,
    decided_at: ctx.now.toString(),
  };
  await ctx.db
    .insertInto('playbooks_data_wishes')
    .values({ organization_id: ctx.organizationId, run_id: run.id, topic, concealment_id: run.concealment_id, ...row })
    .onConflict((c) => c.columns(['organization_id', 'run_id', 'topic']).doUpdateSet(row))
    .execute();
  await appendAudit(ctx, {
    action: 'data.decided',
    subject: { kind: 'run', id: run.id, name: run.person },
    after: { topic, choice: wish.choice, to: wish.to?.name ?? null, until: wish.until, because },
    people: [run.person_id, ...(wish.to ? [wish.to.personId] : [])],
    concealmentId: run.concealment_id,
  });
}
