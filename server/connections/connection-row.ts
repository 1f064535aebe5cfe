import type { Selectable } from 'kysely';
import { appsInReach } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import type { DB } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';

export type ConnectionRow = Selectable<DB['connections_connections']>;

/** What the secrets of a connection are sealed to: moved to another place they do not open. */
export const secretsBinding = (organizationId: string, connectionId: string) => `${organizationId}/${connectionId}`;

/** The connection, held until the transaction ends, if it is there and its app within the actor's reach. Else 404. */
export async function getReachableConnection(ctx: Context, connectionId: string): Promise<ConnectionRow & { app_name: string }> {
  const row = await ctx.db
    .selectFrom('connections_connections')
    .innerJoin('apps_apps', 'apps_apps.id', 'connections_connections.app_id')
    .selectAll('connections_connections')
    .select('apps_apps.name as app_name')
    .where('connections_connections.id', '=', connectionId)
    .where('connections_connections.removed_at', 'is', null)
    .where(appsInReach(ctx))
    .forUpdate('connections_connections')
    .executeTakeFirst();
  if (!row) throw notFound('connection');
  return row;
}
