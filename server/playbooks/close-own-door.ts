import { disableMember, passOnOwnership } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { membersLeaving } from './last-owner.ts';

/**
 * Groundcrew itself is an app that the leaver can sign in to: their membership ends with the rest, and their tokens with it. An only owner (the
 * others were demoted or let go meanwhile) is followed by whoever runs operations, because the cut-off waits for nobody. Returns what is to be
 * said of it, or null.
 */
export async function closeOwnDoor(ctx: Context, personId: string): Promise<string | null> {
  const person = await ctx.db.selectFrom('people_people').select('member_id').where('id', '=', personId).executeTakeFirst();
  if (!person?.member_id) return null;
  const heir = await passOnOwnership(ctx, { memberId: person.member_id, passedOver: await membersLeaving(ctx) });
  if (heir === null)
    return 'Their sign-in to Groundcrew stays open: they are its only owner, and nobody else could follow. Invite somebody and name them an owner.';
  await disableMember(ctx, person.member_id, 'Left the company.');
  return heir === 'not needed' ? null : `${heir.name} is an owner of Groundcrew now, because nobody else was.`;
}
