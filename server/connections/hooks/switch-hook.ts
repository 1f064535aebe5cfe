import { randomBytes } from 'node:crypto';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { seal } from '../../platform/secrets.ts';
import { chooseConnector } from '../choose-connector.ts';
import { getReachableConnection } from '../connection-row.ts';
import { hookAddress, hookBinding } from './hook-row.ts';

const bytes = 32;
const shortestSecret = 8;

/**
 * Lets a vendor say that something changed: makes an address of its own for the connection. `secret`: what the vendor shows, where the vendor
 * makes it. Returns the secret where it was made here and has to be entered there; it is never told again. Again makes both anew.
 */
export async function openHook(
  ctx: Context,
  connectionId: string,
  input: { secret?: string | undefined },
): Promise<{ address: string; secret: string | null }> {
  const connection = await getReachableConnection(ctx, connectionId);
  const { webhook, name } = await chooseConnector(ctx, connection.connector, connectionId);
  if (!webhook)
    throw conflict('no_hook', `${name} has no way to say that something changed, or Groundcrew does not know it. Nothing was changed.`);
  const message = `Enter the secret that ${name} shows: without it nobody can tell that ${name} sent something. Nothing was changed.`;
  const given = input.secret?.trim() ?? '';
  if (webhook.secret === 'theirs' && given.length < shortestSecret) throw invalid('hook_secret', message, [{ field: 'secret', message }]);
  if (webhook.secret === 'subscribed' && !ctx.platform.config.publicUrl.startsWith('https://')) {
    throw conflict(
      'not_reachable',
      `${name} calls only an address that begins with https:// and can be reached from outside. This installation is at ${ctx.platform.config.publicUrl}; whoever runs it sets GROUNDCREW_URL. Nothing was changed.`,
    );
  }
  const secret = webhook.secret === 'theirs' ? given : randomBytes(bytes).toString('base64url');
  const key = randomBytes(bytes).toString('base64url');
  await ctx.db.deleteFrom('connections_hooks').where('connection_id', '=', connectionId).execute();
  await ctx.db
    .insertInto('connections_hooks')
    .values({
      organization_id: ctx.organizationId,
      connection_id: connectionId,
      key,
      secret_sealed: seal(ctx.platform.secretKey, hookBinding(ctx.organizationId, connectionId), secret),
      renew_at: webhook.secret === 'subscribed' ? ctx.now.toString() : null,
      created_at: ctx.now.toString(),
    })
    .execute();
  await appendAudit(ctx, {
    action: 'hook.opened',
    subject: { kind: 'connection', id: connectionId, name: connection.app_name },
    after: { connector: connection.connector, secret: webhook.secret },
  });
  return { address: hookAddress(ctx, key), secret: webhook.secret === 'ours' ? secret : null };
}

/** Ends the address: whoever still calls it is refused. The app is read by its rhythm alone again. Returns what the vendor may still be asked to end. */
export async function closeHook(
  ctx: Context,
  connectionId: string,
): Promise<{ organizationId: string; appId: string; subscription: string | null } | null> {
  const connection = await getReachableConnection(ctx, connectionId);
  const gone = await ctx.db
    .deleteFrom('connections_hooks')
    .where('connection_id', '=', connectionId)
    .returning('subscription')
    .executeTakeFirst();
  if (!gone) return null;
  await appendAudit(ctx, { action: 'hook.closed', subject: { kind: 'connection', id: connectionId, name: connection.app_name } });
  return { organizationId: ctx.organizationId, appId: connection.app_id, subscription: gone.subscription };
}
