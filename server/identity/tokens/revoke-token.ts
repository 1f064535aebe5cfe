import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';

/** Ends a token at once. An owner ends any, others their own; repeating changes nothing. */
export async function revokeToken(ctx: Context, tokenId: string): Promise<void> {
  const token = await ctx.db
    .selectFrom('identity_tokens')
    .select(['name', 'member_id', 'revoked_at'])
    .where('id', '=', tokenId)
    .forUpdate()
    .executeTakeFirst();
  const mine = ctx.actor.kind === 'system' || ctx.actor.roles.includes('owner') || token?.member_id === ctx.actor.memberId;
  if (!token || !mine) throw notFound('token');
  if (token.revoked_at) return;
  await ctx.db.updateTable('identity_tokens').set({ revoked_at: ctx.now.toString() }).where('id', '=', tokenId).execute();
  await appendAudit(ctx, { action: 'token.revoked', subject: { kind: 'token', id: tokenId, name: token.name } });
}
