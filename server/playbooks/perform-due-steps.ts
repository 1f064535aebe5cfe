import { runAsSystem } from '../platform/context.ts';
import { createEvaluator, type Evaluator } from '../platform/expressions/index.ts';
import type { Platform } from '../platform/platform.ts';
import { advanceRun } from './advance-run.ts';
import { performCall } from './perform-call.ts';
import { settleUncertainCalls } from './settle-uncertain-calls.ts';

const runsAtOnce = 20;
let evaluator: Evaluator | null = null;
const conditions = () => {
  evaluator ??= createEvaluator({ maxMillis: 500, workers: 1 });
  return evaluator;
};

/** Advances every run of an organization in which something is due. Returns how many runs were advanced. */
export async function performDueSteps(platform: Platform, organizationId: string): Promise<number> {
  await runAsSystem(platform, organizationId, settleUncertainCalls);
  const due = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('playbooks_steps')
      .select('run_id')
      .distinct()
      .where('status', 'in', ['planned', 'working', 'waiting'])
      .where('next_at', '<=', ctx.now.toString())
      .limit(runsAtOnce)
      .execute(),
  );
  for (const { run_id: runId } of due) {
    platform.boundary('run.due');
    const calls = await runAsSystem(platform, organizationId, (ctx) => advanceRun(ctx, runId, conditions()));
    platform.boundary('run.advanced');
    for (const call of calls) await performCall(platform, organizationId, call);
  }
  return due.length;
}
