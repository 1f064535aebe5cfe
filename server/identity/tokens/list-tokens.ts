import type { Context } from '../../platform/context.ts';

/** Tokens that are not revoked, newest first: an owner sees all of the organization, others their own. Never the secret. */
export async function listTokens(ctx: Context, page: { limit: number; offset: number }) {
  const all = ctx.actor.kind === 'system' || ctx.actor.roles.includes('owner');
  const visible = ctx.db
    .selectFrom('identity_tokens as t')
    .innerJoin('identity_members as m', 'm.id', 't.member_id')
    .where('t.revoked_at', 'is', null)
    .$if(!all, (query) => query.where('t.member_id', '=', ctx.actor.memberId));
  const rows = await visible
    .select([
      't.id',
      't.name',
      't.scopes',
      't.member_id as memberId',
      'm.name as memberName',
      't.created_at as createdAt',
      't.expires_at as expiresAt',
      't.last_used_at as lastUsedAt',
    ])
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await visible.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { rows, total };
}
