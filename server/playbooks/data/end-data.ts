import { type DataInput, type DataKind, kindRules, listActions, withdrawPlan } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { openTask } from '../../tasks/index.ts';
import type { LeavingRun } from '../run-row.ts';
import { whoDoesIt } from '../who-does-it.ts';

/** What somebody who stays would miss, or would be surprised by: nothing of it can be taken back by machine. */
const missed: readonly string[] = [
  'hand-over-files',
  'forward-mail',
  'set-auto-reply',
  'share-mailbox',
  'release-calendars',
  'revoke-app-grant',
  'take-over',
] satisfies DataKind[];

/** Ends what was planned for the data of somebody who stays; what was done already is given back by a person, from a list. */
export async function endData(ctx: Context, run: LeavingRun, reason: string): Promise<void> {
  if (!run.data_plan_id) return;
  const done = (await listActions(ctx, [run.data_plan_id])).filter(
    ({ kind, status }) => missed.includes(kind) && ['verified', 'evidenced', 'reading', 'did-not-obey'].includes(status),
  );
  await withdrawPlan(ctx, { planId: run.data_plan_id, reason });
  if (done.length === 0) return;
  const lines = done.map((action) => {
    const to = (action.input as DataInput | null)?.to;
    return `- ${action.app}: ${action.label ?? kindRules[action.kind as DataKind].title}${to ? `, with ${to.name}` : ''}`;
  });
  await openTask(ctx, {
    kind: 'task',
    title: `Give back what became of the data of ${run.person}`,
    instructions: `${run.person} stays. This was done with their data; take it back in the apps:\n\n${lines.join('\n')}`,
    aboutKind: 'data-back',
    aboutId: run.id,
    subjectPersonId: run.person_id,
    candidates: await whoDoesIt(ctx, 'ops', run),
    dueAt: ctx.now.add({ hours: 24 }).toString(),
    evidenceRequired: true,
    concealmentId: run.concealment_id,
  });
}
