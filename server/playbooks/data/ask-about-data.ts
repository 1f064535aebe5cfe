import type { Context } from '../../platform/context.ts';
import { openTask } from '../../tasks/index.ts';
import type { LeavingRun } from '../run-row.ts';
import { dueInstant } from '../schedule/step-instant.ts';
import { whoDoesIt } from '../who-does-it.ts';
import { dataAccounts } from './data-accounts.ts';
import { questionParts, topicsOf } from './data-topics.ts';
import { proposeAtOnce } from './decide-data.ts';
import { mailUntil, proposedHeir } from './heirs.ts';

/** The title of the question, as whoever is asked sees it. */
export const dataQuestionTitle = (person: string) => `Who inherits the data of ${person}?`;

/**
 * Asks the manager once, early and in one question, who inherits what. Nothing is asked where there is nothing to inherit. It falls to what is
 * proposed before the cut-off; of an exit that closes sooner than anybody can answer, the automatic reply does not wait for the answer.
 */
export async function askAboutData(ctx: Context, run: LeavingRun): Promise<void> {
  const topics = topicsOf(await dataAccounts(ctx, run.person_id));
  if (topics.length === 0) return;
  const due = dueOf(ctx, run);
  const managers = await whoDoesIt(ctx, 'manager', run);
  const taskId = await openTask(ctx, {
    kind: 'question',
    title: dataQuestionTitle(run.person),
    instructions:
      'Files, mail, meetings and what runs by itself need somebody who is still here afterwards. What you leave empty goes as it is proposed. You can change it later.',
    aboutKind: 'data',
    aboutId: run.id,
    subjectPersonId: run.person_id,
    candidates: [...managers, ...(await whoDoesIt(ctx, 'ops', run))],
    never: run.person_id,
    dueAt: due.toString(),
    remindAt: [due.subtract({ hours: 24 }), due.subtract({ hours: 2 })]
      .filter((at) => Temporal.Instant.compare(at, ctx.now) > 0)
      .map(String),
    fallback: 'Without an answer in time it goes as it is proposed.',
    form: questionParts(topics, { heir: await proposedHeir(ctx, run), until: mailUntil(run) }),
    bundle: `leaving ${run.person_id}`,
    concealmentId: run.concealment_id,
  });
  await ctx.db.updateTable('playbooks_runs').set({ data_task_id: taskId, data_due_at: due.toString() }).where('id', '=', run.id).execute();
  run.data_task_id = taskId;
  if (Temporal.Instant.compare(due, run.cut_off_at) > 0) await proposeAtOnce(ctx, run, topics);
}

/** Two working days, and before the cut-off where that leaves time to answer. */
function dueOf(ctx: Context, run: LeavingRun): Temporal.Instant {
  const usual = dueInstant({ workingDays: 2, time: '17:00' }, ctx.now, run.zone)!;
  const before = Temporal.Instant.from(run.cut_off_at).subtract({ hours: 1 });
  if (Temporal.Instant.compare(usual, before) <= 0) return usual;
  return Temporal.Instant.compare(before, ctx.now.add({ hours: 1 })) > 0 ? before : usual;
}
