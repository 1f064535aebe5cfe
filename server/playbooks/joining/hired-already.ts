import type { Context } from '../../platform/context.ts';
import type { HireTerms } from './hire-terms.ts';

/** Says in words that somebody with the same personal address is being hired already; null when nobody is. */
export async function hiredAlready(ctx: Context, terms: Pick<HireTerms, 'personId' | 'personalAddress'>): Promise<string | null> {
  const address = terms.personalAddress?.toLowerCase();
  if (terms.personId || !address) return null;
  const same = await ctx.db
    .selectFrom('people_roster')
    .select('name')
    .where((e) => e(e.fn<string>('lower', ['personal_address']), '=', address))
    .where('status', '=', 'joining')
    .executeTakeFirst();
  return same ? `${same.name}, with the same personal address, is being hired already.` : null;
}
