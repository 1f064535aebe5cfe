import { retentionRule } from '../platform/retention.ts';

/** What a held sync or a list had read: thirty days. The accounts it was settled into, and its counts, stay. */
export const syncRecordRetention = retentionRule({
  name: 'sync records',
  days: 30,
  erase: async (ctx, before) => {
    const old = ctx.db
      .selectFrom('connections_syncs')
      .select('id')
      .where('created_at', '<', before.toString())
      .where('status', 'not in', ['queued', 'running']);
    const result = await ctx.db.deleteFrom('connections_sync_records').where('sync_id', 'in', old).executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
