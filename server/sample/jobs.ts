import { job } from '../platform/jobs.ts';
import { fillSample } from './fill-sample.ts';

/** Fills a sample organization. A crash leaves it empty, and it is filled from the beginning. */
export const sampleJob = job<Record<string, never>>({
  name: 'sample',
  retryLimit: 2,
  retryDelaySeconds: 5,
  handle: (platform, organizationId) => fillSample(platform, organizationId),
});
