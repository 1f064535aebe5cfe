import type { Context } from '../../platform/context.ts';
import { changedPeople } from '../rules/changed-people.ts';
import { mendByItself } from './mend-by-itself.ts';

// Beyond these the whole company is compared at once.
const oneByOne = 20;

/** Mends by itself what is open for somebody who was changed, and for everybody of whom a fact changed with theirs: their managers, and whom they manage. */
export async function mendAfterChange(ctx: Context, personId: string): Promise<void> {
  const rule = await ctx.db.selectFrom('access_rules').select('id').where('mend', '=', 'by-itself').executeTakeFirst();
  if (!rule) return;
  const people = new Set([personId, ...(await changedPeople(ctx, oneByOne + 1))]);
  if (people.size > oneByOne) return mendByItself(ctx, {});
  for (const each of people) await mendByItself(ctx, { personId: each });
}
