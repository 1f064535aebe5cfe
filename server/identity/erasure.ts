import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { erasureKind, namesPattern } from '../platform/erasure.ts';
import { job } from '../platform/jobs.ts';
import { disableMember } from './members/disable-member.ts';
import { membershipsOf } from './memberships-of.ts';

/**
 * The person's standing here: name and address go, they cannot sign in any more. Refuses (409) for the only owner. A sign-in that serves no
 * organization afterwards is removed too.
 */
export const memberErasure = erasureKind({
  kind: 'membership',
  erase: async (ctx, { memberId, names }) => {
    const addresses = names.filter((name) => name.includes('@')).map((address) => address.toLowerCase());
    const members = await ctx.db.selectFrom('identity_members').select(['id', 'user_id', 'address']).execute();
    const theirs = members.filter(({ id, address }) => id === memberId || addresses.includes(address.toLowerCase()));
    for (const { id, user_id: userId } of theirs) {
      await disableMember(ctx, id, 'Their data was erased.');
      await ctx.db
        .updateTable('identity_members')
        .set({ name: 'Erased person', address: `${id}@erased.invalid`, user_id: null })
        .where('id', '=', id)
        .execute();
      if (userId) await ctx.platform.jobs.enqueue(ctx, removeUserJob, { userId });
      await eraseCompanyIdentities(ctx, id);
    }
    return theirs.length + (await eraseViews(ctx, { names, memberIds: theirs.map(({ id }) => id) }));
  },
});

/** Who they were to the company's provider, with the sessions that it opened. */
async function eraseCompanyIdentities(ctx: Context, memberId: string): Promise<void> {
  await ctx.db.deleteFrom('identity_round_trips').where('member_id', '=', memberId).execute();
  const gone = await ctx.db.deleteFrom('identity_company_identities').where('member_id', '=', memberId).returning('user_id').execute();
  for (const { user_id: userId } of gone) await ctx.platform.jobs.enqueue(ctx, removeUserJob, { userId });
}

/** Their own kept views, and those of others that name them. */
async function eraseViews(ctx: Context, { names, memberIds }: { names: string[]; memberIds: string[] }): Promise<number> {
  const pattern = namesPattern(names);
  const gone =
    await sql`delete from identity_views where member_id = any (${memberIds}::uuid[]) or name ~* ${pattern} or query::text ~* ${pattern}`.execute(
      ctx.db,
    );
  return Number(gone.numAffectedRows ?? 0);
}

/** Removes a sign-in that belongs to no organization any more, with its sessions and factors. */
export const removeUserJob = job<{ userId: string }>({
  name: 'remove-user',
  retryLimit: 10,
  retryDelaySeconds: 5,
  handle: async (platform, _organizationId, { userId }) => {
    if ((await membershipsOf(platform, userId)).length > 0) return;
    await platform.authPool.query('delete from auth."user" where id = $1', [userId]);
  },
});
