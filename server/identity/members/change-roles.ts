import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { checkRoles } from '../check-roles.ts';
import { keepAnOwner } from './owners.ts';
import { refuseWideRolesByToken, tellOtherOwners } from './wide-roles.ts';

/** Gives a member these roles instead of those they had. Throws a conflict when nobody would be an owner. */
export async function changeRoles(ctx: Context, memberId: string, roles: readonly string[]): Promise<void> {
  checkRoles(roles);
  if (!roles.includes('owner')) await keepAnOwner(ctx, memberId);
  const member = await ctx.db
    .selectFrom('identity_members')
    .select(['name', 'address', 'roles'])
    .where('id', '=', memberId)
    .where('disabled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!member) throw notFound('member');
  const next = [...new Set(roles)];
  if (next.length === member.roles.length && next.every((role) => member.roles.includes(role))) return;
  refuseWideRolesByToken(
    ctx,
    next.filter((role) => !member.roles.includes(role)),
  );
  await ctx.db.updateTable('identity_members').set({ roles: next }).where('id', '=', memberId).execute();
  await appendAudit(ctx, {
    action: 'member.roles-changed',
    subject: { kind: 'member', id: memberId, name: member.name },
    before: { roles: member.roles },
    after: { roles: next },
  });
  await tellOtherOwners(ctx, { ...member, id: memberId }, { before: member.roles, after: next });
}
