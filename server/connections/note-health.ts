import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';

/** Notes how a connection fares: `problem` null means well. A paused one stays paused. Going from well to failing, or back, is audited. */
export async function noteHealth(ctx: Context, connectionId: string, problem: string | null): Promise<void> {
  const row = await ctx.db
    .selectFrom('connections_connections')
    .innerJoin('apps_apps', 'apps_apps.id', 'connections_connections.app_id')
    .select(['connections_connections.status', 'connections_connections.failing_since', 'apps_apps.name'])
    .where('connections_connections.id', '=', connectionId)
    .where('connections_connections.removed_at', 'is', null)
    .forUpdate('connections_connections')
    .executeTakeFirst();
  if (!row) return;
  const status = row.status === 'paused' ? 'paused' : problem === null ? 'healthy' : 'failing';
  await ctx.db
    .updateTable('connections_connections')
    .set(
      problem === null
        ? { status, last_ok_at: ctx.now.toString(), failing_since: null, last_problem: null }
        : { status, last_problem: problem, failing_since: row.failing_since ?? ctx.now.toString() },
    )
    .where('id', '=', connectionId)
    .execute();
  if (status === row.status || (status === 'healthy' && row.status === 'new')) return;
  await appendAudit(ctx, {
    action: problem === null ? 'connection.recovered' : 'connection.failed',
    subject: { kind: 'connection', id: connectionId, name: row.name },
    ...(problem === null ? {} : { reason: problem }),
  });
}
