import { movePlan, planRestore, withdrawPlan } from '../access/index.ts';
import { enableMember } from '../identity/index.ts';
import { clearLeavingDates, getPerson, keepConcealed, moveTold, refuseOwnExit, setLeavingDates } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { cancelTask } from '../tasks/index.ts';
import { definitionOf } from './current-playbook.ts';
import { endData } from './data/end-data.ts';
import { type LeavingTerms, leavingMoment } from './leaving-terms.ts';
import { ownershipKind } from './ownership-kinds.ts';
import { anchorsOf } from './run-anchors.ts';
import { getRun, type LeavingRun, leavingOf, type RunRow } from './run-row.ts';
import { reschedule } from './schedule/reschedule.ts';
import { wakeRun } from './settle-step.ts';
import { stateOf } from './step-state.ts';

const mustBeOpen = (run: RunRow) => {
  if (run.status !== 'running' && run.status !== 'paused')
    throw conflict('run_is_over', 'This exit has ended already. Nothing was changed.');
};

/** Moves the dates of an exit: what has not happened moves with them, what has happened stays. Refused once access has closed. */
export async function moveLeaving(ctx: Context, runId: string, terms: LeavingTerms): Promise<{ moved: number }> {
  const run = leavingOf(await getRun(ctx, runId, { lock: true }));
  refuseOwnExit(ctx, run);
  mustBeOpen(run);
  if (Temporal.Instant.compare(run.cut_off_at, ctx.now) <= 0)
    throw conflict('access_has_closed', 'Access has closed already. Rescind the exit to give it back.');
  const person = await getPerson(ctx, run.person_id);
  const moment = leavingMoment(ctx, person, terms);
  if (run.concealment_id) await moveTold(ctx, run.concealment_id, moment.toldAt);
  const about = { concealmentId: run.concealment_id, cutOffAt: moment.cutOffAt };
  await setLeavingDates(
    ctx,
    run.person_id,
    {
      lastWorkingDay: moment.lastWorkingDay,
      cutOffLocal: moment.cutOffLocal,
      cutOffZone: moment.zone,
      legalEnd: moment.legalEnd,
      reason: terms.reason ?? run.reason,
    },
    about,
  );
  await ctx.db
    .updateTable('playbooks_runs')
    .set({
      zone: moment.zone,
      last_working_day: moment.lastWorkingDay,
      cut_off_local: moment.cutOffLocal,
      cut_off_at: moment.cutOffAt,
      cut_off_note: moment.note,
      told_at: moment.toldAt,
      legal_end: moment.legalEnd,
    })
    .where('id', '=', runId)
    .execute();
  if (run.plan_id) await movePlan(ctx, { planId: run.plan_id, dueAt: moment.cutOffAt });
  if (run.data_plan_id) await movePlan(ctx, { planId: run.data_plan_id, dueAt: moment.cutOffAt });
  const moved = await moveSteps(ctx, await getRun(ctx, runId));
  await appendAudit(ctx, {
    action: 'leaving.moved',
    subject: { kind: 'run', id: runId, name: run.person },
    before: { cutOffAt: run.cut_off_at, toldAt: run.told_at, lastWorkingDay: run.last_working_day },
    after: { cutOffAt: moment.cutOffAt, toldAt: moment.toldAt, lastWorkingDay: moment.lastWorkingDay, steps: moved },
    reason: terms.reason ?? null,
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  await wakeRun(ctx, runId);
  return { moved };
}

/** Gives each step that has not begun the instant of the run’s dates. Returns how many moved. */
export async function moveSteps(ctx: Context, run: RunRow): Promise<number> {
  const rows = await ctx.db.selectFrom('playbooks_steps').select(['id', 'key', 'status', 'due_at']).where('run_id', '=', run.id).execute();
  const { moved } = reschedule({
    definition: definitionOf({ id: run.version_id, yaml: run.yaml }).steps,
    steps: rows.map((row) => ({
      key: row.key,
      state: stateOf(row.status),
      instant: row.due_at ? Temporal.Instant.from(row.due_at) : null,
    })),
    anchors: anchorsOf(run),
    zone: run.zone,
    place: run.place ?? undefined,
  });
  for (const step of moved) {
    const at = step.to?.toString() ?? null;
    await ctx.db
      .updateTable('playbooks_steps')
      .set({ due_at: at, due_note: step.note?.words ?? null, next_at: at, status: 'planned' })
      .where('run_id', '=', run.id)
      .where('key', '=', step.key)
      .execute();
  }
  return moved.length;
}

/** Holds a run: nothing further begins until it is resumed, except closing access at the cut-off, which never waits. */
export async function pauseRun(ctx: Context, runId: string, reason: string): Promise<void> {
  const run = await getRun(ctx, runId, { lock: true });
  refuseOwnExit(ctx, run);
  if (run.status !== 'running') throw conflict('not_running', 'This run is not going on. Nothing was changed.');
  await ctx.db.updateTable('playbooks_runs').set({ status: 'paused', paused_at: ctx.now.toString() }).where('id', '=', runId).execute();
  await appendAudit(ctx, {
    action: 'run.paused',
    subject: { kind: 'run', id: runId, name: run.person },
    reason,
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
}

/** Goes on with a run that was held; what became due meanwhile happens now. */
export async function resumeRun(ctx: Context, runId: string): Promise<void> {
  const run = await getRun(ctx, runId, { lock: true });
  refuseOwnExit(ctx, run);
  if (run.status !== 'paused') throw conflict('not_paused', 'This run is not paused. Nothing was changed.');
  await ctx.db.updateTable('playbooks_runs').set({ status: 'running', paused_at: null }).where('id', '=', runId).execute();
  await appendAudit(ctx, {
    action: 'run.resumed',
    subject: { kind: 'run', id: runId, name: run.person },
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  await wakeRun(ctx, runId);
}

/**
 * The leaver stays: what is open ends, and everything that the exit took is given back and read back. Before anything was taken this is a
 * cancellation. An exit that was never told stays hidden from the person for good.
 */
export async function rescindLeaving(ctx: Context, runId: string, reason: string): Promise<{ restorePlanId: string | null }> {
  const run = leavingOf(await getRun(ctx, runId, { lock: true }));
  refuseOwnExit(ctx, run);
  if (run.status === 'cancelled' || run.status === 'rescinded') throw conflict('run_is_over', 'This exit has been called off already.');
  if (reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why, so that the history shows it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  await refuseAfterReturn(ctx, run);
  const steps = await ctx.db.selectFrom('playbooks_steps').select(['id', 'status', 'task_id']).where('run_id', '=', runId).execute();
  const taskIds = [...steps.map((step) => step.task_id), run.data_task_id].filter((id) => id !== null);
  for (const taskId of taskIds) await cancelTask(ctx, taskId, 'The exit was called off.');
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ status: 'cancelled', next_at: null, lease_until: null })
    .where('run_id', '=', runId)
    .where('status', 'in', ['planned', 'working', 'waiting', 'asks', 'failed', 'unknown'])
    .execute();
  const hasClosed = Temporal.Instant.compare(run.cut_off_at, ctx.now) <= 0;
  let restorePlanId: string | null = null;
  if (run.plan_id) {
    if (hasClosed) restorePlanId = await planRestore(ctx, { planId: run.plan_id, reason });
    else await withdrawPlan(ctx, { planId: run.plan_id, reason });
  }
  if (run.data_plan_id) await endData(ctx, run, reason);
  await clearLeavingDates(ctx, run.person_id, { reason, concealmentId: run.concealment_id });
  await giveOwnershipsBack(ctx, run);
  if (hasClosed) await reopenOwnDoor(ctx, run);
  const wasTold = Temporal.Instant.compare(run.told_at, ctx.now) <= 0;
  if (run.concealment_id && !wasTold) await keepConcealed(ctx, run.concealment_id);
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: hasClosed ? 'rescinded' : 'cancelled', ended_at: ctx.now.toString(), data_due_at: null })
    .where('id', '=', runId)
    .execute();
  await appendAudit(ctx, {
    action: hasClosed ? 'leaving.rescinded' : 'leaving.cancelled',
    subject: { kind: 'run', id: runId, name: run.person },
    reason,
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  ctx.afterCommit(() => ctx.platform.wake());
  return { restorePlanId };
}

// Who came back has what their new role gives, and an end of their own: neither is that of the exit before.
async function refuseAfterReturn(ctx: Context, run: LeavingRun): Promise<void> {
  const later = await ctx.db
    .selectFrom('people_employments')
    .select('id')
    .where('person_id', '=', run.person_id)
    .where('current', '=', true)
    .where('created_at', '>', run.confirmed_at)
    .executeTakeFirst();
  if (later) throw conflict('hired_again', `${run.person} was hired again since. Nothing was changed.`);
}

async function reopenOwnDoor(ctx: Context, run: LeavingRun): Promise<void> {
  const person = await ctx.db.selectFrom('people_people').select('member_id').where('id', '=', run.person_id).executeTakeFirst();
  if (person?.member_id) await enableMember(ctx, person.member_id, 'Stays.');
}

// What fell to somebody because of this exit goes back, unless it has been moved on since.
async function giveOwnershipsBack(ctx: Context, run: RunRow): Promise<void> {
  const moved = await ctx.db
    .selectFrom('playbooks_handovers')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('status', 'in', ['moved', 'confirmed'])
    .execute();
  for (const handover of moved) {
    const kind = ownershipKind(handover.object_kind);
    if ((await kind.holderOf(ctx, handover.object_id)) === handover.to_person_id) await kind.moveTo(ctx, handover.object_id, run.person_id);
  }
  await ctx.db.updateTable('playbooks_handovers').set({ status: 'withdrawn' }).where('run_id', '=', run.id).execute();
}
