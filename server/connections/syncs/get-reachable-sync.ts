import type { Selectable } from 'kysely';
import { appsInReach } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import type { DB } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';

export type SyncRow = Selectable<DB['connections_syncs']> & { app_name: string };

/** The sync or list, held until the transaction ends, if its app is within the actor's reach. Else 404. */
export async function getReachableSync(ctx: Context, syncId: string): Promise<SyncRow> {
  const row = await ctx.db
    .selectFrom('connections_syncs')
    .innerJoin('apps_apps', 'apps_apps.id', 'connections_syncs.app_id')
    .selectAll('connections_syncs')
    .select('apps_apps.name as app_name')
    .where('connections_syncs.id', '=', syncId)
    .where('apps_apps.archived_at', 'is', null)
    .where(appsInReach(ctx))
    .forUpdate('connections_syncs')
    .executeTakeFirst();
  if (!row) throw notFound('reading');
  return row;
}
