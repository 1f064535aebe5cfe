import { randomBytes } from 'node:crypto';
import { hashSecret } from '../../identity/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';

export type PushSystem = 'entra' | 'okta' | 'other';

/** Makes a connection by which a directory pushes people in. Its token is returned once and kept only as a hash. */
export async function addConnection(ctx: Context, input: { name: string; system: PushSystem }): Promise<{ id: string; token: string }> {
  const name = input.name.trim();
  const same = await ctx.db.selectFrom('directory_connections').select('name').where('removed_at', 'is', null).execute();
  if (same.some((each) => each.name.toLowerCase() === name.toLowerCase()))
    throw conflict('name_taken', `There is a connection called ${name} already. Give this one another name.`);
  const { id } = await ctx.db
    .insertInto('directory_connections')
    .values({
      organization_id: ctx.organizationId,
      name,
      system: input.system,
      created_at: ctx.now.toString(),
      created_by: ctx.actor.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'directory.connection-added',
    subject: { kind: 'directory-connection', id, name },
    after: { system: input.system },
  });
  const { token } = await addToken(ctx, id);
  return { id, token };
}

/** Makes a further token of a connection, so that one can be exchanged without a gap: the old one works until it is revoked. */
export async function addToken(ctx: Context, connectionId: string): Promise<{ id: string; token: string }> {
  const connection = await ctx.db
    .selectFrom('directory_connections')
    .select('name')
    .where('id', '=', connectionId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!connection) throw notFound('connection');
  const token = `gc_scim_${randomBytes(32).toString('base64url')}`;
  const { id } = await ctx.db
    .insertInto('directory_tokens')
    .values({
      organization_id: ctx.organizationId,
      connection_id: connectionId,
      hash: hashSecret(token),
      created_at: ctx.now.toString(),
      created_by: ctx.actor.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'directory.token-created',
    subject: { kind: 'directory-connection', id: connectionId, name: connection.name },
  });
  return { id, token };
}
