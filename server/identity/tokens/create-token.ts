import { createHash, randomBytes } from 'node:crypto';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { forbidden, invalid, notFound } from '../../platform/errors.ts';
import { checkScopes } from './check-scopes.ts';

export const hashSecret = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes an API token that acts as a member, within scopes, until it expires (at most a year). The text is returned once and kept only as a hash.
 * Members make tokens of their own; owners also for members who have no sign-in of their own (a program), because a token sees and acts as its
 * member: also what is concealed from the owner. The system makes any.
 */
export async function createToken(
  ctx: Context,
  input: { memberId: string; name: string; scopes: string[]; expiresAt: string },
): Promise<{ id: string; token: string }> {
  const expires = Temporal.Instant.from(input.expiresAt);
  const days = expires.since(ctx.now).total('hours') / 24;
  if (days <= 0 || days > 366) {
    throw invalid('bad_expiry', 'A token ends within a year from now.', [
      { field: 'expiresAt', message: 'Choose a day within the next 366 days.' },
    ]);
  }
  checkScopes(input.scopes, ctx.actor.scopes);
  if (ctx.actor.memberId && ctx.actor.memberId !== input.memberId && !ctx.actor.roles.includes('owner')) {
    throw forbidden('A token acts as the member it belongs to. You can make tokens of your own; an owner can make them for others.');
  }
  if (input.name.trim() === '') throw invalid('name_missing', 'A token needs a name.', [{ field: 'name', message: 'Say what it is for.' }]);
  const member = await ctx.db
    .selectFrom('identity_members')
    .select((eb) => [
      'id',
      'name',
      'user_id',
      eb
        .exists(eb.selectFrom('identity_company_identities as c').select('c.id').whereRef('c.member_id', '=', 'identity_members.id'))
        .as('by_company'),
    ])
    .where('id', '=', input.memberId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!member) throw notFound('member');
  if (ctx.actor.memberId && ctx.actor.memberId !== input.memberId && (member.user_id || member.by_company))
    throw forbidden(`${member.name} signs in here and makes tokens of their own: a token acts as them. Nothing was changed.`);
  const token = `gc_${randomBytes(32).toString('base64url')}`;
  const row = await ctx.db
    .insertInto('identity_tokens')
    .values({
      organization_id: ctx.organizationId,
      member_id: input.memberId,
      name: input.name.trim(),
      scopes: [...new Set(input.scopes)],
      hash: hashSecret(token),
      created_at: ctx.now.toString(),
      expires_at: expires.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'token.created',
    subject: { kind: 'token', id: row.id, name: input.name },
    after: { member: member.name, scopes: input.scopes, expiresAt: input.expiresAt },
  });
  return { id: row.id, token };
}
