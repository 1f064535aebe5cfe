import { disableMember, enableMember } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';

/**
 * Pauses a member's sign-in to Groundcrew. Returns whom it paused: null where there is nobody, where it was off already, and for the only owner,
 * without whom nobody could open the door again.
 */
export async function pauseSignIn(ctx: Context, memberId: string | null, reason: string): Promise<string | null> {
  if (memberId === null) return null;
  const member = await ctx.db.selectFrom('identity_members').select('disabled_at').where('id', '=', memberId).executeTakeFirst();
  if (!member || member.disabled_at !== null) return null;
  try {
    await disableMember(ctx, memberId, reason);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'last_owner') return null;
    throw error;
  }
  return memberId;
}

type Ending = { id: string; person_id: string; paused_member_id: string | null };

/**
 * Lets in again whose sign-in a suspension paused. Where another suspension of the same person still stands it goes on under that; who has left
 * meanwhile stays out.
 */
export async function resumeSignIn(ctx: Context, suspension: Ending, reason: string): Promise<void> {
  if (suspension.paused_member_id === null) return;
  const other = await ctx.db
    .selectFrom('directory_suspensions')
    .select('id')
    .where('person_id', '=', suspension.person_id)
    .where('id', '<>', suspension.id)
    .where('status', 'not in', ['ended', 'held'])
    .executeTakeFirst();
  await ctx.db.updateTable('directory_suspensions').set({ paused_member_id: null }).where('id', '=', suspension.id).execute();
  if (other) {
    await ctx.db
      .updateTable('directory_suspensions')
      .set({ paused_member_id: suspension.paused_member_id })
      .where('id', '=', other.id)
      .execute();
    return;
  }
  const person = await ctx.db.selectFrom('people_roster').select('status').where('id', '=', suspension.person_id).executeTakeFirst();
  if (person?.status !== 'left') await enableMember(ctx, suspension.paused_member_id, reason);
}
