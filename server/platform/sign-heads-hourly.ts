import type { Platform } from './platform.ts';

/** A turn that signs the audit head of every organization that has none of the last hour. Nothing is added where nothing was written since. */
export function signHeadsHourly(platform: Platform): () => Promise<void> {
  let last: Temporal.Instant | null = null;
  return async () => {
    const now = platform.clock.now();
    if (last && Temporal.Instant.compare(now, last.add({ hours: 1 })) < 0) return;
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const row of rows) await platform.sealer.signHead(row.organization_id);
    last = now;
  };
}
