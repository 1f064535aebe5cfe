import type { Connector } from '../../connectors/kit/index.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import { chooseConnector } from './choose-connector.ts';

/** What the connection of an app can do: its connector (a key that exists is a capability) and the settings it is used with. */
export type Capability = { connector: Connector; settings: unknown };

/** The capabilities of those apps that have a connection which is read over the network and not paused. Asks no other system. */
export async function capabilitiesOf(ctx: Context, appIds: string[]): Promise<Map<string, Capability>> {
  if (appIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('connections_connections')
    .select(['id', 'app_id', 'connector', 'settings'])
    .where('app_id', 'in', appIds)
    .where('removed_at', 'is', null)
    .where('status', '<>', 'paused')
    .execute();
  const found = new Map<string, Capability>();
  for (const row of rows) {
    const connector = await chooseConnector(ctx, row.connector, row.id).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    if (connector?.reads === 'connection' && row.app_id) found.set(row.app_id, { connector, settings: row.settings });
  }
  return found;
}
