import { askWhoComesBack, mendByItself } from '../../access/index.ts';
import { getPerson } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { endExit } from './end-exit.ts';

/**
 * Somebody who had left is here again without having been hired here: by a people list, or because somebody changed their dates. What is left of
 * their exit ends, and somebody is asked where they would be an administrator again. Reaction to `person.returned`; a hire has done so already.
 */
export async function takeBackIn(ctx: Context, personId: string): Promise<void> {
  const person = await getPerson(ctx, personId);
  // What was said may have been corrected meanwhile: the exit then goes on.
  if (person.status === 'left' || person.erased_at) return;
  const hire = await ctx.db
    .selectFrom('playbooks_runs')
    .select('id')
    .where('person_id', '=', personId)
    .where('moment', '!=', 'leaver')
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst();
  if (hire) return;
  await endExit(ctx, personId, 'They are here again.');
  await askWhoComesBack(ctx, personId);
  // What the exit still insisted on kept the rules from giving it.
  await mendByItself(ctx, { personId });
}
