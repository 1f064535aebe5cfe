import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { removeUserJob } from '../erasure.ts';

/**
 * Forgets who a member is at the company's provider: their sessions by it end, and the next sign-in links them anew by their address. For somebody
 * whose account there was made again. Roles that groups had given stay until then. Throws 404 where there is nothing to forget.
 */
export async function unlinkMember(ctx: Context, memberId: string): Promise<void> {
  const member = await ctx.db.selectFrom('identity_members').select('name').where('id', '=', memberId).executeTakeFirst();
  const gone = await ctx.db.deleteFrom('identity_company_identities').where('member_id', '=', memberId).returning('user_id').execute();
  if (!member || gone.length === 0) throw notFound('link to the company’s provider');
  for (const { user_id: userId } of gone) await ctx.platform.jobs.enqueue(ctx, removeUserJob, { userId });
  await appendAudit(ctx, { action: 'member.company-unlinked', subject: { kind: 'member', id: memberId, name: member.name } });
}
