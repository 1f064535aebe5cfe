import type { Context } from '../../platform/context.ts';

/** Another run of the same sync has begun (after a crash): this one must not write any more. */
export class SyncOvertaken extends Error {}

/** Takes up a sync that waits or was left half-way; forgets what an earlier run had read. null when there is nothing to do. */
export async function beginSync(
  ctx: Context,
  syncId: string,
): Promise<{ kind: string; scope: string; appId: string; connectionId: string | null; attempt: number } | null> {
  const sync = await ctx.db
    .selectFrom('connections_syncs')
    .selectAll()
    .where('id', '=', syncId)
    .where('status', 'in', ['queued', 'running'])
    .forUpdate()
    .executeTakeFirst();
  if (!sync) return null;
  const attempt = sync.attempt + 1;
  await ctx.db
    .updateTable('connections_syncs')
    .set({
      status: 'running',
      attempt,
      started_at: ctx.now.toString(),
      ...(sync.kind === 'sync' ? { as_of: ctx.now.toString(), counts: JSON.stringify({ read: 0, total: null }) } : {}),
    })
    .where('id', '=', syncId)
    .execute();
  if (sync.kind === 'sync') await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', syncId).execute();
  return { kind: sync.kind, scope: sync.scope, appId: sync.app_id, connectionId: sync.connection_id, attempt };
}

/** Whether this run of a sync is still the one that counts. Holds the sync's row until the transaction ends. */
export async function stillRuns(ctx: Context, syncId: string, attempt: number): Promise<boolean> {
  const sync = await ctx.db
    .selectFrom('connections_syncs')
    .select('id')
    .where('id', '=', syncId)
    .where('status', '=', 'running')
    .where('attempt', '=', attempt)
    .forUpdate()
    .executeTakeFirst();
  return sync !== undefined;
}
