import { findConnector } from '../../connectors/index.ts';
import type { Connector } from '../../connectors/kit/index.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { simulatedConnector } from './simulated/simulated-connector.ts';

/** The connector of that name for one connection of an organization. Simulated apps exist only in organizations that are samples. */
export async function chooseConnector(ctx: Context, id: string, connectionId: string): Promise<Connector> {
  if (id === 'simulated') {
    const organization = await ctx.db.selectFrom('identity_organizations').select('sample').executeTakeFirst();
    // What it offers is a setting, as what others offer is their code.
    const row = await ctx.db.selectFrom('connections_connections').select('settings').where('id', '=', connectionId).executeTakeFirst();
    if (organization?.sample) return simulatedConnector(ctx.platform, ctx.organizationId, connectionId, row?.settings);
  }
  const connector = findConnector(id);
  if (!connector) throw unknownConnector(id);
  return connector;
}

const unknownConnector = (id: string) =>
  invalid('unknown_connector', `There is no connector called ${id}. Nothing was changed.`, [
    { field: 'connector', message: 'Choose one of the list.' },
  ]);
