import { ownerMembers } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';

/** Whether this member is an owner and no other owner would stay: all others are leaving, too. */
export async function isLastOwnerToStay(ctx: Context, memberId: string): Promise<boolean> {
  const owners = await ownerMembers(ctx);
  if (!owners.some((owner) => owner.id === memberId)) return false;
  const gone = new Set([memberId, ...(await membersLeaving(ctx))]);
  return owners.every((owner) => gone.has(owner.id));
}

/** Members whose exit is under way, as far as whoever asks may know. */
export async function membersLeaving(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('people_people as p', 'p.id', 'r.person_id')
    .select('p.member_id')
    .where('r.moment', '=', 'leaver')
    .where('r.status', 'in', ['running', 'paused'])
    .execute();
  return rows.map((row) => row.member_id).filter((id) => id !== null);
}
