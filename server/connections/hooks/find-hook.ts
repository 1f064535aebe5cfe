import type { Context } from '../../platform/context.ts';
import { chooseConnector } from '../choose-connector.ts';
import { getReachableConnection } from '../connection-row.ts';
import { setUpSteps } from '../set-up-steps.ts';
import { hookAddress } from './hook-row.ts';

/** How the vendor of a connection can say that something changed, and whether it does. `address` null: it was not asked to. */
export type Hook = {
  offered: boolean;
  secret: 'ours' | 'theirs' | 'subscribed' | null;
  steps: { words: string; link: string | null }[];
  address: string | null;
  lastHeardAt: string | null;
  endsAt: string | null;
  problem: string | null;
};

export async function findHook(ctx: Context, connectionId: string): Promise<Hook> {
  const connection = await getReachableConnection(ctx, connectionId);
  const connector = await chooseConnector(ctx, connection.connector, connectionId);
  const { webhook } = connector;
  const row = await ctx.db.selectFrom('connections_hooks').selectAll().where('connection_id', '=', connectionId).executeTakeFirst();
  return {
    offered: webhook !== undefined,
    secret: webhook?.secret ?? null,
    steps: webhook
      ? setUpSteps(
          { ...connector, profile: { ...connector.profile!, setUp: webhook.setUp } },
          connection.settings as Record<string, unknown>,
        )
      : [],
    address: row ? hookAddress(ctx, row.key) : null,
    lastHeardAt: row?.last_heard_at ?? null,
    endsAt: row?.subscription_ends_at ?? null,
    problem: row?.problem ?? null,
  };
}
