import { archiveApp } from '../../apps/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import type { ListPlan } from '../lists/list-plan.ts';
import { getReachableSync } from './get-reachable-sync.ts';

/** Lets go of a list or a held reading. Nothing is changed; an app that came into being with the list, and was never read, goes with it. */
export async function discardSync(ctx: Context, syncId: string): Promise<void> {
  const sync = await getReachableSync(ctx, syncId);
  if (sync.status === 'discarded') return;
  if (sync.status !== 'preview' && sync.status !== 'held' && !(sync.kind === 'list' && sync.status === 'queued')) {
    throw conflict('nothing_to_discard', sync.status === 'done' ? 'It has been taken in already.' : 'It does not wait for anybody.');
  }
  await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'discarded', problem: 'Somebody decided against it. Nothing was changed.', finished_at: ctx.now.toString() })
    .where('id', '=', syncId)
    .execute();
  await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', syncId).execute();
  await appendAudit(ctx, { action: 'sync.discarded', subject: { kind: 'sync', id: syncId, name: sync.file_name ?? sync.app_name } });
  if (sync.kind !== 'list' || !(sync.mapping as ListPlan).newApp) return;
  const read = await ctx.db.selectFrom('apps_readings').select('id').where('app_id', '=', sync.app_id).limit(1).executeTakeFirst();
  const connected = await ctx.db
    .selectFrom('connections_connections')
    .select('id')
    .where('app_id', '=', sync.app_id)
    .limit(1)
    .executeTakeFirst();
  if (!read && !connected) await archiveApp(ctx, sync.app_id);
}
