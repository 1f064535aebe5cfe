import { listActions, planJoining } from '../../access/index.ts';
import { startSync } from '../../connections/index.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Begun } from '../begin-step.ts';
import type { JoiningRun } from '../run-row.ts';

/** Minutes that apps get to be read afresh before readiness is judged. */
const readingMinutes = 5;

/** Gives what the rules say, as a plan of its own; the step ends when everything in it has been attempted. */
export async function grantAccess(ctx: Context, run: JoiningRun): Promise<Begun> {
  const { planId, actions } = await planJoining(ctx, { personId: run.person_id, dueAt: ctx.now.toString() });
  if (!planId || actions === 0) return { status: 'done', words: 'They have everything that the rules give.' };
  await ctx.db.updateTable('playbooks_runs').set({ plan_id: planId }).where('id', '=', run.id).execute();
  const words = `${actions === 1 ? 'One thing is' : `${actions} things are`} given, the sign-in system first.`;
  return { status: 'working', words, result: { planId } };
}

/** Reads the person's apps afresh; a few minutes later readiness is judged by what they showed (`judgeReadiness`). */
export async function beginReadiness(ctx: Context, run: JoiningRun): Promise<Begun> {
  const plans = await plansOfRun(ctx, run);
  const apps = new Set((await listActions(ctx, plans)).filter((action) => action.writer === 'connection').map((action) => action.app_id));
  let begun = 0;
  for (const appId of apps) begun += (await startSync(ctx, appId).catch(unlessRefused)) ? 1 : 0;
  return {
    status: 'waiting',
    words:
      begun === 0
        ? 'Readiness is judged now.'
        : `${begun === 1 ? 'One app is' : `${begun} apps are`} read afresh before readiness is judged.`,
    wakeAt: (begun === 0 ? ctx.now : ctx.now.add({ minutes: readingMinutes })).toString(),
  };
}

/** The plans by which this hire gave access, oldest first. */
export async function plansOfRun(ctx: Context, run: { person_id: string; confirmed_at: string }): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('access_plans')
    .select('id')
    .where('person_id', '=', run.person_id)
    .where('purpose', '=', 'join')
    .where('created_at', '>=', run.confirmed_at)
    .where('status', '!=', 'withdrawn')
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.id);
}

function unlessRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
