import { realWait } from '../../connectors/kit/index.ts';
import { runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { claimDueActions } from './claim-due-actions.ts';
import { performAction } from './perform-action.ts';

const leaseSeconds = 120;
const atOnce = 60;

/**
 * Takes the due actions of an organization and starts them. The sign-in system's start first. Returns how many were started and a promise
 * for their end; the caller must not wait for it before looking for other work, because the cut-off waits for no app.
 */
export async function performDueActions(platform: Platform, organizationId: string): Promise<{ started: number; finished: Promise<void> }> {
  const claimed = await runAsSystem(platform, organizationId, (ctx) => claimDueActions(ctx, { most: atOnce, leaseSeconds }));
  platform.boundary('actions.claimed');
  const work = claimed.map((action) =>
    performAction(platform, organizationId, action).catch(async (error: Error) => {
      platform.log.error({ action: action.id, problem: error.message, stack: error.stack }, 'an action failed and will be taken up again');
      await giveBack(platform, organizationId, action.id);
    }),
  );
  return { started: claimed.length, finished: Promise.all(work).then(() => undefined) };
}

/**
 * Gives an action back that this process could not bring to an end (our own database was away, for example), as soon as that is possible,
 * so that it need not wait for its lease to run out.
 */
async function giveBack(platform: Platform, organizationId: string, actionId: string): Promise<void> {
  for (let attempt = 1; attempt <= leaseSeconds; attempt += 1) {
    try {
      await runAsSystem(platform, organizationId, (ctx) =>
        ctx.db
          .updateTable('access_actions')
          .set({ lease_until: null, next_at: ctx.now.add({ seconds: attempt === 1 ? 5 : 0 }).toString() })
          .where('id', '=', actionId)
          .where('lease_until', 'is not', null)
          .execute(),
      );
      return;
    } catch {
      await realWait(1000);
    }
  }
}

/** Frees what a process that is no more had taken. Called at start, before anything runs. */
export async function releaseActions(platform: Platform, organizationId: string): Promise<void> {
  await runAsSystem(platform, organizationId, async (ctx) => {
    await ctx.db
      .updateTable('access_actions')
      .set({ lease_until: null, next_at: ctx.now.toString() })
      .where('lease_until', 'is not', null)
      .where('status', 'in', ['attempting', 'reading'])
      .execute();
  });
}
