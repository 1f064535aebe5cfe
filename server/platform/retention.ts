import { type Context, runAsSystem } from './context.ts';
import type { Platform } from './platform.ts';

/** How long one kind of data is kept. Each domain declares its own; `erase` removes what is older than `before` and returns how many rows. */
export type RetentionRule = { name: string; days: number; erase(ctx: Context, before: Temporal.Instant): Promise<number> };

export const retentionRule = (rule: RetentionRule): RetentionRule => rule;

/** A turn that applies every rule in every organization once a day, by our own clock. What was removed is logged as counts. */
export function applyRetention(platform: Platform, rules: readonly RetentionRule[]): () => Promise<void> {
  let last: Temporal.Instant | null = null;
  return async () => {
    const now = platform.clock.now();
    if (last && Temporal.Instant.compare(now, last.add({ hours: 24 })) < 0) return;
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      for (const rule of rules) {
        const erased = await runAsSystem(platform, organizationId, (ctx) => rule.erase(ctx, ctx.now.subtract({ hours: 24 * rule.days })));
        if (erased > 0) platform.log.info({ rule: rule.name, erased }, 'what is not needed any more was removed');
      }
    }
    last = now;
  };
}

/** Mail: ninety days after it was settled. What still waits to be sent is kept. */
export const mailRetention = retentionRule({
  name: 'mail',
  days: 90,
  erase: async (ctx, before) => {
    const result = await ctx.db
      .deleteFrom('platform_mail')
      .where('status', 'not in', ['queued', 'sending'])
      .where('created_at', '<', before.toString())
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
