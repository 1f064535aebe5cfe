import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** So long lies at least between two syncs that somebody or something brings forward, unless told. */
const usualSeconds = 60;

/**
 * Lets the next sync of an app begin now, or as soon as `apartSeconds` have passed since the last one began. However often it is asked, one sync comes of
 * it. Does nothing where the app has no connection that works.
 */
export async function bringSyncForward(ctx: Context, appId: string, apartSeconds = usualSeconds): Promise<void> {
  const now = ctx.now.toString();
  await sql`
    update connections_connections c set next_sync_at = least(c.next_sync_at, greatest(${now}::timestamptz,
      (select max(s.created_at) + make_interval(secs => ${apartSeconds}::int) from connections_syncs s where s.organization_id = c.organization_id and s.connection_id = c.id)))
    where c.app_id = ${appId} and c.removed_at is null and c.status <> 'paused'
      and c.connector not in ('manual', 'user-list')`.execute(ctx.db);
  ctx.afterCommit(() => ctx.platform.wake());
}
