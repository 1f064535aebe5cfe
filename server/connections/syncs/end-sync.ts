import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';

/** Ends a sync that did not succeed: `problem` is a plain sentence. What it had read is forgotten; nothing was changed. */
export async function endSync(ctx: Context, syncId: string, problem: string): Promise<void> {
  const ended = await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'failed', problem, finished_at: ctx.now.toString() })
    .where('id', '=', syncId)
    .where('status', 'in', ['queued', 'running'])
    .returning('app_id')
    .executeTakeFirst();
  if (!ended) return;
  await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', syncId).execute();
  await appendAudit(ctx, { action: 'sync.failed', subject: { kind: 'sync', id: syncId }, after: { app: ended.app_id }, reason: problem });
}
