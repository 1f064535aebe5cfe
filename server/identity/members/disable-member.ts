import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { keepAnOwner } from './owners.ts';

/**
 * Ends a member's access to this organization at once, with their tokens and open invitations. Repeating changes nothing.
 * Throws a conflict for the only owner.
 */
export async function disableMember(ctx: Context, memberId: string, reason?: string): Promise<void> {
  const member = await find(ctx, memberId);
  if (member.disabled_at) return;
  await keepAnOwner(ctx, memberId);
  await ctx.db.updateTable('identity_members').set({ disabled_at: ctx.now.toString() }).where('id', '=', memberId).execute();
  await ctx.db
    .updateTable('identity_invitations')
    .set({ used_at: ctx.now.toString() })
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .execute();
  await appendAudit(ctx, {
    action: 'member.disabled',
    subject: { kind: 'member', id: memberId, name: member.name },
    reason: reason ?? null,
  });
}

/** Lets a disabled member in again, with the roles and tokens they had. */
export async function enableMember(ctx: Context, memberId: string, reason?: string): Promise<void> {
  const member = await find(ctx, memberId);
  if (!member.disabled_at) return;
  await ctx.db.updateTable('identity_members').set({ disabled_at: null }).where('id', '=', memberId).execute();
  await appendAudit(ctx, {
    action: 'member.enabled',
    subject: { kind: 'member', id: memberId, name: member.name },
    reason: reason ?? null,
  });
}

async function find(ctx: Context, memberId: string) {
  const member = await ctx.db
    .selectFrom('identity_members')
    .select(['name', 'disabled_at'])
    .where('id', '=', memberId)
    .forUpdate()
    .executeTakeFirst();
  if (!member) throw notFound('member');
  return member;
}
