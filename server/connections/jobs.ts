import { runAsSystem } from '../platform/context.ts';
import { type JobKind, job } from '../platform/jobs.ts';
import { runSync } from './syncs/run-sync.ts';
import { nextInTurn, takeTurn } from './syncs/sync-turns.ts';

/**
 * Reads an app over its connection, or takes in a long list. The sync's row is the truth; running it twice is harmless. Organizations take
 * turns: the next sync of one goes to the end of the queue.
 */
export const syncJob: JobKind<{ syncId: string }> = job<{ syncId: string }>({
  name: 'sync',
  retryLimit: 5,
  retryDelaySeconds: 5,
  handle: async (platform, organizationId, { syncId }) => {
    if (!(await runAsSystem(platform, organizationId, (ctx) => takeTurn(ctx, syncId)))) return;
    await runSync(platform, organizationId, syncId);
    await runAsSystem(platform, organizationId, async (ctx) => {
      const next = await nextInTurn(ctx);
      if (next) await platform.jobs.enqueue(ctx, syncJob, { syncId: next });
    });
  },
});
