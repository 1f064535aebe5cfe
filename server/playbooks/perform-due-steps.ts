import { runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { advanceRun } from './advance-run.ts';
import { conditions } from './conditions.ts';
import { performCall } from './perform-call.ts';
import { settleUncertainCalls } from './settle-uncertain-calls.ts';

const runsPerLook = 100;
/** Runs that are advanced at the same time, each in a transaction and on a connection of its own. */
const atOnce = 8;

/** Advances every run of an organization in which something is due. Returns how many runs were advanced. */
export async function performDueSteps(platform: Platform, organizationId: string): Promise<number> {
  await runAsSystem(platform, organizationId, settleUncertainCalls);
  const due = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('playbooks_steps')
      .select('run_id')
      .where('status', 'in', ['planned', 'working', 'waiting'])
      .where('next_at', '<=', ctx.now.toString())
      .union(ctx.db.selectFrom('playbooks_runs').select('id as run_id').where('data_due_at', '<=', ctx.now.toString()))
      .limit(runsPerLook)
      .execute(),
  );
  const waiting = due.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const { run_id: runId } of waiting) await advance(platform, organizationId, runId).catch((error) => failures.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, due.length) }, work));
  // One run that fails holds up no other.
  if (failures.length > 0) throw failures[0];
  return due.length;
}

async function advance(platform: Platform, organizationId: string, runId: string): Promise<void> {
  platform.boundary('run.due');
  const calls = await runAsSystem(platform, organizationId, (ctx) => advanceRun(ctx, runId, conditions()));
  platform.boundary('run.advanced');
  for (const call of calls) await performCall(platform, organizationId, call);
}
