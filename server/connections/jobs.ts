import { job } from '../platform/jobs.ts';
import { runSync } from './syncs/run-sync.ts';

/** Reads an app over its connection, or takes in a long list. The sync's row is the truth; running it twice is harmless. */
export const syncJob = job<{ syncId: string }>({
  name: 'sync',
  retryLimit: 5,
  retryDelaySeconds: 5,
  handle: (platform, organizationId, { syncId }) => runSync(platform, organizationId, syncId),
});
