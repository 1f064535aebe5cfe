import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { Refusal } from '../platform/errors.ts';
import type { Evaluator } from '../platform/expressions/index.ts';
import { rememberReads } from '../platform/read-once.ts';
import { type Begun, beginStep } from './begin-step.ts';
import { definitionOf } from './current-playbook.ts';
import { takeDataFallback } from './data/decide-data.ts';
import { endSteps, type StepEnd } from './end-step.ts';
import { judgeReadiness } from './joining/judge-readiness.ts';
import { runFacts } from './run-facts.ts';
import { getRun, isLeaving, type RunRow } from './run-row.ts';
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
  // Of what is read once a step changes only the leaver's own membership, and the leaver is passed over.
  rememberReads(ctx);
  const run = await getRun(ctx, runId, { lock: true });
  const calls: PendingCall[] = [];
  if (run.status !== 'running' && run.status !== 'paused') {
    await ctx.db.updateTable('playbooks_steps').set({ next_at: null }).where('run_id', '=', runId).execute();
    await ctx.db.updateTable('playbooks_runs').set({ data_due_at: null }).where('id', '=', runId).execute();
    return calls;
  }
  const definition = definitionOf({ id: run.version_id, yaml: run.yaml });
  const byKey = new Map(definition.steps.map((step) => [step.key, step]));
  // The run is locked: what is read here changes only by what is done below.
  const rows = await ctx.db.selectFrom('playbooks_steps').selectAll().where('run_id', '=', runId).execute();
  const rowOf = new Map(rows.map((row) => [row.key, row]));
  await takeFallbacks(ctx, run, rows);
  if (isLeaving(run)) await takeDataFallback(ctx, run);
  await judgeReadiness(ctx, run, rows);
  // A step that ends may let another begin: go on until nothing more can happen now.
  const ended = new Map<string, { step: StepRow; end: StepEnd }>();
  let readiness: Readiness[] = [];
  for (let turn = 0; turn <= definition.steps.length; turn += 1) {
    const conditions = await evaluateConditions(ctx, run, definition.steps, rows, evaluator);
    readiness = orderSteps({
      steps: definition.steps,
      states: new Map(rows.map((row) => [row.key, stateOf(row.status)])),
      instants: new Map(rows.map((row) => [row.key, row.due_at ? Temporal.Instant.from(row.due_at) : null])),
      conditions,
      now: ctx.now,
    });
    const ends: { step: StepRow; end: StepEnd }[] = [];
    for (const { key, is } of readiness) {
      const step = byKey.get(key)!;
      const row = rowOf.get(key)!;
      // A pause holds everything but the cut-off: that never waits.
      if (run.status === 'paused' && !neverWaits(step)) continue;
      const end = await endOf(ctx, run, { step, row, is }, calls);
      if (end) ends.push({ step: row, end });
    }
    if (ends.length === 0) break;
    for (const each of ends) {
      each.step.status = each.end.status;
      ended.set(each.step.id, each);
    }
  }
  await endSteps(ctx, run, [...ended.values()]);
  await setNextWakes(ctx, runId, readiness);
  if (rows.every((row) => isOver(row.status))) await finishRun(ctx, run);
  return calls;
}

type Readiness = ReturnType<typeof orderSteps>[number];
type StepRow = { id: string; key: string; title: string; status: string };

/** What becomes of a step now; null when nothing does, or when the network has to be asked first. */
async function endOf(
  ctx: Context,
  run: RunRow,
  { step, row, is }: { step: PlaybookStep; row: StepRow; is: string },
  calls: PendingCall[],
): Promise<StepEnd | null> {
  if (is === 'skip') return { status: 'skipped', words: 'Its condition does not hold here.' };
  if (is === 'asks')
    return row.status === 'asks' ? null : { status: 'asks', words: 'Whether this applies cannot be known. Somebody has to decide.' };
  if (is !== 'ready') return null;
  const begun = await beginStep(ctx, run, step, row.id).catch((error: unknown): Begun => {
    // What cannot be begun is shown and can be tried again; the other steps go on.
    if (error instanceof Refusal) return { status: 'failed', words: error.message };
    throw error;
  });
  if (begun.status !== 'call') return begun;
  calls.push({ stepId: row.id, runId: run.id, step: step as PendingCall['step'] });
  const lease = ctx.now.add({ seconds: callLeaseSeconds }).toString();
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ status: 'working', started_at: ctx.now.toString(), lease_until: lease, next_at: lease, words: begun.words })
    .where('id', '=', row.id)
    .execute();
  row.status = 'working';
  return null;
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
  await Promise.all(
    due.map(async (step) => {
      const decided = rows.find((row) => row.key === step.key)?.result as { conditionDecided?: boolean } | null;
      // Too costly or no longer allowed: unknown, and a person is asked; a broken condition must not stop the run.
      const unknown = () => ({ value: null });
      const { value } = decided?.conditionDecided ? { value: true } : await evaluator.evaluateOne(step.when!, facts).catch(unknown);
      conditions.set(step.key, value);
    }),
  );
  return conditions;
}

async function setNextWakes(ctx: Context, runId: string, readiness: Readiness[]): Promise<void> {
  const later = readiness.filter((step) => step.is === 'not-yet').map((step) => step.key);
  await ctx.db
    .updateTable('playbooks_steps')
    .set({ next_at: sql`case when key = any (${later}::text[]) then due_at end` })
    .where('run_id', '=', runId)
    .where('status', 'in', ['planned', 'asks'])
    .execute();
}

// An exit is over once its proof is closed; a hire once nothing is left to do and the first morning has come.
async function finishRun(ctx: Context, { id: runId, ...row }: RunRow): Promise<void> {
  if (isLeaving({ id: runId, ...row })) {
    const proof = await ctx.db.selectFrom('playbooks_proofs').select('status').where('run_id', '=', runId).executeTakeFirst();
    if (proof?.status !== 'closed') return;
  } else if (row.starts_at === null || Temporal.Instant.compare(row.starts_at, ctx.now) > 0) return;
  const run = await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: 'done', ended_at: ctx.now.toString(), ...(row.moment === 'leaver' ? {} : { outcome: 'joined' }) })
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
