import type { Context } from '../platform/context.ts';

/**
 * Hides that a person is leaving until `toldAt`: from the person, and when sensitive from everybody but the members named. Everything about
 * it carries the concealment's id, and row-level security keeps it from those who may not know.
 * A concealment that is still in force for the person (an imported date) is taken over; one that was told, or of an exit that was called off, is
 * not. Returns its id.
 */
export async function concealLeaving(
  ctx: Context,
  input: { personId: string; toldAt: string; sensitive: boolean; namedMemberIds: string[] },
): Promise<string> {
  const there = await ctx.db
    .updateTable('people_concealments')
    .set({ told_at: input.toldAt, sensitive: input.sensitive, named_member_ids: input.namedMemberIds })
    .where('person_id', '=', input.personId)
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .where('told_at', '<', 'infinity')
    .returning('id')
    .executeTakeFirst();
  if (there) return there.id;
  const row = await ctx.db
    .insertInto('people_concealments')
    .values({
      organization_id: ctx.organizationId,
      person_id: input.personId,
      told_at: input.toldAt,
      sensitive: input.sensitive,
      named_member_ids: input.namedMemberIds,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Moves the instant from which a leaving may be known. */
export async function moveTold(ctx: Context, concealmentId: string, toldAt: string): Promise<void> {
  await ctx.db.updateTable('people_concealments').set({ told_at: toldAt }).where('id', '=', concealmentId).execute();
}

/** Ends a concealment because the leaving is called off before it was told: what was written under it stays hidden from the person for good. */
export async function keepConcealed(ctx: Context, concealmentId: string): Promise<void> {
  await ctx.db.updateTable('people_concealments').set({ told_at: 'infinity' }).where('id', '=', concealmentId).execute();
}
