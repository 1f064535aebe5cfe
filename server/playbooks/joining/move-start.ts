import { holdBack, undoPlan } from '../../access/index.ts';
import { changePerson, getPerson, setLeavingDates } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { moveSteps } from '../change-run.ts';
import { getRun, joiningOf } from '../run-row.ts';
import { wakeRun } from '../settle-step.ts';
import { plansOfRun } from './begin-joining-step.ts';
import { hireMoment } from './hire-terms.ts';
import { noDateWords } from './start-hire.ts';

export type MovedStart = { moved: number; closedAgain: boolean };

/**
 * Moves the first day. What has not happened moves with it; accounts that were opened and whose time has not come by the new date close again
 * and are opened anew then; what people did (a laptop that was ordered) stays done.
 */
export async function moveStart(
  ctx: Context,
  runId: string,
  input: { startDate: string; startTime?: string | undefined; endDate?: string | null | undefined; reason?: string | undefined },
): Promise<MovedStart> {
  const run = joiningOf(await getRun(ctx, runId, { lock: true }));
  if (run.status !== 'running' && run.status !== 'paused')
    throw conflict('run_is_over', 'This hire has ended already. Nothing was changed.');
  const person = await getPerson(ctx, run.person_id);
  if (run.first_morning !== null) throw conflict('has_started', `${run.person} has started already. Nothing was changed.`);
  const startTime = input.startTime ?? run.start_local?.slice(11, 16) ?? '09:00';
  const endDate = input.endDate === undefined ? run.last_working_day : input.endDate;
  const moment = hireMoment(ctx, { startDate: input.startDate, startTime, endDate }, person.time_zone, person.place ?? undefined);
  // An end before the new start would be refused there: the later one is written first.
  const setEnd = () =>
    setLeavingDates(ctx, run.person_id, { lastWorkingDay: moment.endDate, cutOffLocal: null, cutOffZone: null }, { by: 'page' });
  if (endDate !== run.last_working_day && (!run.last_working_day || (endDate && endDate > run.last_working_day))) await setEnd();
  await changePerson(ctx, run.person_id, { startDate: moment.startDate });
  if (endDate !== run.last_working_day && run.last_working_day && (!endDate || endDate < run.last_working_day)) await setEnd();
  await ctx.db
    .updateTable('playbooks_runs')
    .set({
      zone: moment.zone,
      start_on: moment.startDate,
      start_local: moment.startLocal,
      starts_at: moment.startsAt,
      start_note: moment.note,
      last_working_day: moment.endDate,
      readiness_before: null,
      readiness_before_at: null,
    })
    .where('id', '=', runId)
    .execute();
  await reopenSteps(ctx, runId);
  const moved = await moveSteps(ctx, await getRun(ctx, runId));
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ status: 'skipped', words: noDateWords, next_at: null })
    .where('run_id', '=', runId)
    .where('status', '=', 'planned')
    .where('due_at', 'is', null)
    .execute();
  const opensAt = await openingOf(ctx, runId);
  const isLater = opensAt !== null && Temporal.Instant.compare(opensAt, ctx.now) > 0;
  let closedAgain = false;
  if (isLater) {
    for (const planId of (await plansOfRun(ctx, run)).reverse()) {
      const undone = await undoPlan(ctx, { planId, reason: input.reason ?? 'The start was postponed.' });
      closedAgain = undone !== null || closedAgain;
    }
    await ctx.db.updateTable('playbooks_runs').set({ plan_id: null }).where('id', '=', runId).execute();
  }
  await holdBack(ctx, run.person_id, opensAt?.toString() ?? moment.startsAt);
  await appendAudit(ctx, {
    action: 'hire.moved',
    subject: { kind: 'run', id: runId, name: run.person },
    before: { startDate: run.start_on, startsAt: run.starts_at, endDate: run.last_working_day },
    after: { startDate: moment.startDate, startsAt: moment.startsAt, endDate: moment.endDate, steps: moved, closedAgain },
    reason: input.reason ?? null,
    people: [run.person_id],
  });
  await wakeRun(ctx, runId);
  return { moved, closedAgain };
}

// What the machine did for the old date is to be done again at the new one; what has no date any more, or has one now, is looked at anew.
async function reopenSteps(ctx: Context, runId: string): Promise<void> {
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ status: 'planned', words: null, started_at: null, done_at: null, lease_until: null, result: null })
    .where('run_id', '=', runId)
    .where((e) =>
      e.or([
        e('kind', 'in', ['grant-access', 'check-readiness']).and('status', 'in', ['working', 'waiting', 'done', 'failed']),
        e('status', '=', 'skipped').and('due_at', 'is', null),
      ]),
    )
    .execute();
}

async function openingOf(ctx: Context, runId: string): Promise<Temporal.Instant | null> {
  const row = await ctx.db
    .selectFrom('playbooks_steps')
    .select((e) => e.fn.min('due_at').as('at'))
    .where('run_id', '=', runId)
    .where('kind', '=', 'grant-access')
    .executeTakeFirst();
  return row?.at ? Temporal.Instant.from(row.at) : null;
}
