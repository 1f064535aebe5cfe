import type { Context } from '../../platform/context.ts';
import { changedPeople } from '../rules/changed-people.ts';
import { refreshMatches } from '../rules/refresh-matches.ts';
import { mendByItself } from './mend-by-itself.ts';

// Beyond these the whole company is compared at once.
const oneByOne = 20;

/** Mends by itself what is open for somebody who was changed, and for everybody of whom a fact changed with theirs: their managers, and whom they manage. */
export async function mendAfterChange(ctx: Context, personId: string): Promise<void> {
  const isMended = await anyRule(ctx, 'by-itself');
  if (!isMended && !(await anyRule(ctx, 'grace'))) return;
  const people = new Set([personId, ...(await changedPeople(ctx, oneByOne + 1))]);
  const each = people.size > oneByOne ? [undefined] : people;
  for (const one of each) await (isMended ? mendByItself(ctx, one ? { personId: one } : {}) : refreshMatches(ctx, one));
}

/** The same after a list of people was taken in. */
export async function mendAfterImport(ctx: Context): Promise<void> {
  if (await anyRule(ctx, 'by-itself')) await mendByItself(ctx, {});
  else if (await anyRule(ctx, 'grace')) await refreshMatches(ctx);
}

/** Whether a rule mends by itself; whether one states days of grace, so that it has to be known when it ceases to mean somebody. */
async function anyRule(ctx: Context, which: 'by-itself' | 'grace'): Promise<boolean> {
  const rule = await ctx.db
    .selectFrom('access_rules')
    .select('id')
    .where((e) => (which === 'grace' ? e('grace_days', '>', 0) : e('mend', '=', 'by-itself')))
    .limit(1)
    .executeTakeFirst();
  return rule !== undefined;
}
