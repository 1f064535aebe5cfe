import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

/** One person as the reader may see them: dates of a leaving that is hidden from the reader are absent. Refuses (404) for anybody else's. */
export async function getPerson(ctx: Context, personId: string) {
  const person = await ctx.db.selectFrom('people_roster').selectAll().where('id', '=', personId).executeTakeFirst();
  if (!person) throw notFound('person');
  return person;
}

export type Person = Awaited<ReturnType<typeof getPerson>>;
