import { forgetSource } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { endSuspension } from '../suspensions/end-suspension.ts';

/** Ends a token at once. Repeating changes nothing. */
export async function revokeToken(ctx: Context, tokenId: string): Promise<void> {
  const token = await ctx.db
    .selectFrom('directory_tokens as t')
    .innerJoin('directory_connections as c', 'c.id', 't.connection_id')
    .select(['t.connection_id', 't.revoked_at', 'c.name'])
    .where('t.id', '=', tokenId)
    .executeTakeFirst();
  if (!token) throw notFound('token');
  if (token.revoked_at) return;
  await ctx.db.updateTable('directory_tokens').set({ revoked_at: ctx.now.toString() }).where('id', '=', tokenId).execute();
  await appendAudit(ctx, {
    action: 'directory.token-revoked',
    subject: { kind: 'directory-connection', id: token.connection_id, name: token.name },
  });
}

/**
 * Ends a connection: its tokens end at once, what it suspended or held is restored, and what it pushed is put away. The people it brought stay in
 * the roster. Exits and leaves of absence that somebody answered stay, too.
 */
export async function removeConnection(ctx: Context, connectionId: string): Promise<void> {
  const connection = await ctx.db
    .selectFrom('directory_connections')
    .select(['name', 'removed_at'])
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (!connection) throw notFound('connection');
  if (connection.removed_at) return;
  const at = ctx.now.toString();
  await ctx.db.updateTable('directory_connections').set({ removed_at: at }).where('id', '=', connectionId).execute();
  await ctx.db
    .updateTable('directory_tokens')
    .set({ revoked_at: at })
    .where('connection_id', '=', connectionId)
    .where('revoked_at', 'is', null)
    .execute();
  const open = await ctx.db
    .selectFrom('directory_suspensions')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('status', 'in', ['open', 'held'])
    .execute();
  for (const suspension of open) await endSuspension(ctx, suspension, `The connection ${connection.name} was ended.`);
  await forgetSource(ctx, { kind: 'directory', refId: connectionId });
  const gone = { deleted_at: at, resource: JSON.stringify({}), external_id: null };
  await ctx.db.updateTable('directory_users').set(gone).where('connection_id', '=', connectionId).where('deleted_at', 'is', null).execute();
  const groups = ctx.db.selectFrom('directory_groups').select('id').where('connection_id', '=', connectionId);
  await ctx.db.deleteFrom('directory_members').where('group_id', 'in', groups).execute();
  await ctx.db
    .updateTable('directory_groups')
    .set(gone)
    .where('connection_id', '=', connectionId)
    .where('deleted_at', 'is', null)
    .execute();
  await appendAudit(ctx, {
    action: 'directory.connection-removed',
    subject: { kind: 'directory-connection', id: connectionId, name: connection.name },
  });
}
