import { addMissingActions, listActions, markApplying } from '../access/index.ts';
import { startSync } from '../connections/index.ts';
import { findHold } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import { openTask } from '../tasks/index.ts';
import type { Begun } from './begin-step.ts';
import { closeOwnDoor } from './close-own-door.ts';
import { beginData } from './data/begin-data.ts';
import { endJoining } from './joining/end-joining.ts';
import { moveOwnerships } from './move-ownerships.ts';
import { leavingOf, type RunRow } from './run-row.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';
import { whoDoesIt } from './who-does-it.ts';

/** Counts, closes or clears up the access of a leaver. */
export async function revokeAccess(
  ctx: Context,
  row: RunRow,
  step: Extract<PlaybookStep, { kind: 'revoke-access' }>,
  stepId: string,
): Promise<Begun> {
  const run = leavingOf(row);
  const what = step.access ?? 'suspend';
  if (!run.plan_id) return { status: 'done', words: 'There is no plan.' };
  if (what === 'count') {
    const found = await addMissingActions(ctx, {
      planId: run.plan_id,
      personId: run.person_id,
      dueAt: run.cut_off_at,
      concealmentId: run.concealment_id,
    });
    const apps = [
      ...new Set((await listActions(ctx, [run.plan_id])).filter((action) => action.writer === 'connection').map((action) => action.app_id)),
    ];
    for (const appId of apps) await startSync(ctx, appId).catch(unlessRefused);
    // An account that was found since the cut-off has sessions and data, too.
    if (run.data_plan_id) await beginData(ctx, run);
    return {
      status: 'done',
      words: `${apps.length} ${apps.length === 1 ? 'app is' : 'apps are'} read afresh${found > 0 ? `; ${found} more found` : ''}.`,
    };
  }
  if (what === 'suspend') {
    await addMissingActions(ctx, {
      planId: run.plan_id,
      personId: run.person_id,
      dueAt: run.cut_off_at,
      concealmentId: run.concealment_id,
    });
    await markApplying(ctx, run.plan_id);
    await endJoining(ctx, { personId: run.person_id, words: 'They left.' });
    await beginData(ctx, run);
    const ownDoor = await closeOwnDoor(ctx, run.person_id);
    return { status: 'working', words: ['The sign-in system first, the others seconds later.', ownDoor].filter(Boolean).join(' ') };
  }
  if (await findHold(ctx, run.person_id))
    return {
      status: 'failed',
      words: 'A legal hold stands on this person: nothing is deleted and no licence is taken. Lift it, then try the step again.',
    };
  if (what === 'delete')
    return {
      status: 'done',
      words: 'Each account is kept for its days; then Groundcrew asks whether it may be deleted, and deletes nothing before.',
    };
  return { status: 'waiting', words: 'Asked.', taskId: await askForLater(ctx, run, stepId) };
}

// A connection that is paused is not read; that is no reason to stop the run.
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

// Some apps delete data with a licence: people take it away in the apps, from a list, and say so.
async function askForLater(ctx: Context, run: RunRow, stepId: string): Promise<string> {
  const lines = (await listActions(ctx, [run.plan_id!]))
    .filter((action) => action.account_id && action.status !== 'withdrawn')
    .map((action) => `- ${action.app}: ${action.account ?? 'the account'}`);
  return openTask(ctx, {
    kind: 'task',
    title: `Free the licences of ${run.person}`,
    instructions: `Take the paid licence or seat from these accounts. They stay suspended.\n\n${lines.join('\n')}`,
    aboutKind: 'step',
    aboutId: stepId,
    subjectPersonId: run.person_id,
    candidates: await whoDoesIt(ctx, 'ops', run),
    never: run.person_id,
    dueAt: ctx.now.add({ hours: 24 * 7 }).toString(),
    evidenceRequired: true,
    concealmentId: run.concealment_id,
  });
}

/** Hands over what the leaver was responsible for. */
export async function handOver(ctx: Context, run: RunRow, step: Extract<PlaybookStep, { kind: 'hand-over-ownership' }>): Promise<Begun> {
  const answers = run.answers as Record<string, unknown>;
  const chosen = typeof step.to === 'object' ? answers[step.to.answer] : null;
  const toPersonId = typeof chosen === 'string' && /^[0-9a-f-]{36}$/.test(chosen) && chosen !== run.person_id ? chosen : null;
  if (typeof step.to === 'object' && !toPersonId)
    return { status: 'done', words: 'Nobody was named. What fell provisionally stays where it is until somebody confirms it.' };
  const { moved, open } = await moveOwnerships(ctx, run, { provisional: step.provisional ?? false, toPersonId });
  const words = `${moved} ${moved === 1 ? 'ownership' : 'ownerships'} moved${open > 0 ? `; ${open} have nobody to fall to and stay open` : ''}.`;
  return { status: 'done', words, result: { moved, open } };
}
