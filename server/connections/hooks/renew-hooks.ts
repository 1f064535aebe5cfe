import { ConnectorError, plainText, type Session } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { openConnection } from '../open-connection.ts';
import { hookAddress, hookSecret } from './hook-row.ts';

const leaseMinutes = 10;
const againMinutes = 60;
const mostSeconds = 60;

type Due = { connectionId: string; appId: string; address: string; secret: string; previous: string | null };

/** A turn that asks vendors to call, and to go on calling before they stop. What fails is said beside the connection and tried again. */
export function renewHooks(platform: Platform): () => Promise<void> {
  return async () => {
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      try {
        await renewDueHooks(platform, organizationId);
      } catch (error) {
        // One organization keeps no other waiting.
        platform.log.warn({ organizationId, problem: (error as Error).message }, 'hooks could not be renewed');
      }
    }
  };
}

/** Renews what is due in one organization. */
export async function renewDueHooks(platform: Platform, organizationId: string): Promise<void> {
  for (const due of await runAsSystem(platform, organizationId, takeDue)) {
    const outcome = await ask(platform, organizationId, due);
    await runAsSystem(platform, organizationId, (ctx) =>
      ctx.db.updateTable('connections_hooks').set(outcome(ctx)).where('connection_id', '=', due.connectionId).execute(),
    );
  }
}

async function takeDue(ctx: Context): Promise<Due[]> {
  const rows = await ctx.db
    .updateTable('connections_hooks')
    .from('connections_connections')
    .set({ renew_at: ctx.now.add({ minutes: leaseMinutes }).toString() })
    .whereRef('connections_connections.id', '=', 'connections_hooks.connection_id')
    .where('connections_connections.removed_at', 'is', null)
    .where('connections_hooks.renew_at', '<=', ctx.now.toString())
    .returning([
      'connections_hooks.connection_id',
      'connections_hooks.key',
      'connections_hooks.secret_sealed',
      'connections_hooks.subscription',
      'connections_connections.app_id',
    ])
    .execute();
  return rows.flatMap((row) => {
    const secret = hookSecret(ctx, row);
    return secret === null
      ? []
      : [{ connectionId: row.connection_id, appId: row.app_id, address: hookAddress(ctx, row.key), secret, previous: row.subscription }];
  });
}

type Outcome = (ctx: Context) => {
  subscription?: string;
  subscription_ends_at?: string;
  renew_at: string | null;
  problem: string | null;
};

async function ask(platform: Platform, organizationId: string, due: Due): Promise<Outcome> {
  const later =
    (problem: string): Outcome =>
    (ctx) => ({
      renew_at: ctx.now.add({ minutes: againMinutes }).toString(),
      problem: plainText(problem, 500),
    });
  const deadline = platform.clock.now().add({ seconds: mostSeconds });
  try {
    const connection = await openConnection(platform, organizationId, due.appId, { deadline, retry: { attempts: 2 } });
    if (!connection) return later('The connection is paused, so the app was not asked to call.');
    try {
      const subscribe = connection.connector.webhook?.subscribe;
      if (!subscribe) return () => ({ renew_at: null, problem: null });
      const { address, secret, previous } = due;
      const { id, endsAt } = await subscribe(connection.session as Session, { address, secret, previous, now: platform.clock.now() });
      return (ctx) => {
        const half = ctx.now.add({ milliseconds: Math.floor(endsAt.since(ctx.now).total('milliseconds') / 2) });
        return { subscription: id, subscription_ends_at: endsAt.toString(), renew_at: half.toString(), problem: null };
      };
    } finally {
      connection.session.close();
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return later(error.message);
  }
}
