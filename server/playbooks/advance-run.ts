import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import type { Evaluator } from '../platform/expressions/index.ts';
import { beginStep } from './begin-step.ts';
import { endStep } from './end-step.ts';
import { definitionOf } from './leaver-playbook.ts';
import { runFacts } from './run-facts.ts';
import { getRun, type RunRow } from './run-row.ts';
import { orderSteps } from './schedule/order-steps.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';
import { neverWaits } from './schedule/step-rules.ts';
import { isOver, stateOf } from './step-state.ts';
import { takeFallbacks } from './take-fallbacks.ts';

/** A step whose work needs the network; it is done outside the transaction that claimed it. */
export type PendingCall = { stepId: string; runId: string; step: Extract<PlaybookStep, { kind: 'http-call' }> };

const callLeaseSeconds = 120;

/**
 * Does everything in a run that may happen now, in one transaction: begins ready steps, skips those whose condition is false, marks those whose
 * condition is unknown as asking. What a step does and that it was done are kept together. Returns the calls that must go over the network.
 */
export async function advanceRun(ctx: Context, runId: string, evaluator: Evaluator): Promise<PendingCall[]> {
  const run = await getRun(ctx, runId, { lock: true });
  const calls: PendingCall[] = [];
  if (run.status !== 'running' && run.status !== 'paused') {
    await ctx.db.updateTable('playbooks_steps').set({ next_at: null }).where('run_id', '=', runId).execute();
    return calls;
  }
  const definition = definitionOf({ id: run.version_id, yaml: run.yaml });
  await takeFallbacks(ctx, run);
  const byKey = new Map(definition.steps.map((step) => [step.key, step]));
  // A step that ends may let another begin: go on until nothing more can happen now.
  for (let turn = 0; turn <= definition.steps.length; turn += 1) {
    const fresh = turn === 0 ? run : await getRun(ctx, runId);
    const rows = await ctx.db.selectFrom('playbooks_steps').selectAll().where('run_id', '=', runId).execute();
    const conditions = await evaluateConditions(ctx, fresh, definition.steps, rows, evaluator);
    const readiness = orderSteps({
      steps: definition.steps,
      states: new Map(rows.map((row) => [row.key, stateOf(row.status)])),
      instants: new Map(rows.map((row) => [row.key, row.due_at ? Temporal.Instant.from(row.due_at) : null])),
      conditions,
      now: ctx.now,
    });
    let happened = false;
    for (const { key, is } of readiness) {
      const step = byKey.get(key)!;
      const row = rows.find((each) => each.key === key)!;
      // A pause holds everything but the cut-off: that never waits.
      if (run.status === 'paused' && !neverWaits(step)) continue;
      if (is === 'ready') {
        happened = (await begin(ctx, fresh, step, row.id, calls)) || happened;
      } else if (is === 'skip') {
        await endStep(ctx, fresh, { id: row.id, title: row.title }, { status: 'skipped', words: 'Its condition does not hold here.' });
        happened = true;
      } else if (is === 'asks' && row.status !== 'asks') {
        await endStep(
          ctx,
          fresh,
          { id: row.id, title: row.title },
          { status: 'asks', words: 'Whether this applies cannot be known. Somebody has to decide.' },
        );
        happened = true;
      }
    }
    if (!happened) {
      await setNextWakes(ctx, runId, readiness);
      break;
    }
  }
  await finishRunIfOver(ctx, runId);
  return calls;
}

async function begin(ctx: Context, run: RunRow, step: PlaybookStep, stepId: string, calls: PendingCall[]): Promise<boolean> {
  const begun = await beginStep(ctx, run, step, stepId);
  if (begun.status === 'call') {
    calls.push({ stepId, runId: run.id, step: step as PendingCall['step'] });
    const lease = ctx.now.add({ seconds: callLeaseSeconds }).toString();
    await ctx.db
      .updateTable('playbooks_steps')
      .set({ status: 'working', started_at: ctx.now.toString(), lease_until: lease, next_at: lease, words: begun.words })
      .where('id', '=', stepId)
      .execute();
    return false;
  }
  await endStep(ctx, run, { id: stepId, title: step.title }, begun);
  if (begun.wakeAt) await ctx.db.updateTable('playbooks_steps').set({ next_at: begun.wakeAt }).where('id', '=', stepId).execute();
  return true;
}

async function evaluateConditions(
  ctx: Context,
  run: RunRow,
  steps: readonly PlaybookStep[],
  rows: { key: string; status: string; due_at: string | null; result: unknown }[],
  evaluator: Evaluator,
): Promise<Map<string, boolean | null>> {
  const conditions = new Map<string, boolean | null>();
  const due = steps.filter((step) => {
    const row = rows.find((each) => each.key === step.key);
    return (
      step.when !== undefined &&
      row &&
      (row.status === 'planned' || row.status === 'asks') &&
      row.due_at !== null &&
      Temporal.Instant.compare(row.due_at, ctx.now) <= 0
    );
  });
  if (due.length === 0) return conditions;
  const facts = await runFacts(ctx, run);
  for (const step of due) {
    const decided = rows.find((row) => row.key === step.key)?.result as { conditionDecided?: boolean } | null;
    if (decided?.conditionDecided) {
      conditions.set(step.key, true);
      continue;
    }
    try {
      conditions.set(step.key, (await evaluator.evaluateOne(step.when!, facts)).value);
    } catch {
      // Too costly or no longer allowed: unknown, and a person is asked; a broken condition must not stop the run.
      conditions.set(step.key, null);
    }
  }
  return conditions;
}

async function setNextWakes(
  ctx: Context,
  runId: string,
  readiness: { key: string; is: string; instant: Temporal.Instant | null }[],
): Promise<void> {
  const later = readiness.filter((step) => step.is === 'not-yet').map((step) => step.key);
  await ctx.db
    .updateTable('playbooks_steps')
    .set((e) => ({ next_at: later.length ? e.case().when('key', 'in', later).then(e.ref('due_at')).else(null).end() : null }))
    .where('run_id', '=', runId)
    .where('status', 'in', ['planned', 'asks'])
    .execute();
}

async function finishRunIfOver(ctx: Context, runId: string): Promise<void> {
  const open = await ctx.db.selectFrom('playbooks_steps').select('status').where('run_id', '=', runId).execute();
  if (!open.every((step) => isOver(step.status))) return;
  const proof = await ctx.db.selectFrom('playbooks_proofs').select('status').where('run_id', '=', runId).executeTakeFirst();
  if (proof?.status !== 'closed') return;
  const run = await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: 'done', ended_at: ctx.now.toString() })
    .where('id', '=', runId)
    .where('status', '=', 'running')
    .returning(['person_id', 'concealment_id'])
    .executeTakeFirst();
  if (run)
    await appendAudit(ctx, {
      action: 'run.done',
      subject: { kind: 'run', id: runId },
      people: [run.person_id],
      concealmentId: run.concealment_id,
    });
}
