import type { Context } from '../../platform/context.ts';
import type { Push } from '../push.ts';
import { endSuspension } from './end-suspension.ts';

/**
 * A connection has somebody active again: what it suspended is restored, answered or not, unless an exit has been confirmed since. That one is
 * nobody's to change by a push.
 */
export async function takeBack(ctx: Context, push: Push, personId: string): Promise<void> {
  const suspension = await ctx.db
    .selectFrom('directory_suspensions')
    .selectAll()
    .where('connection_id', '=', push.connectionId)
    .where('person_id', '=', personId)
    .where('status', '<>', 'ended')
    .forUpdate()
    .executeTakeFirst();
  if (!suspension) return;
  const person = await ctx.db.selectFrom('people_roster').select('left_at').where('id', '=', personId).executeTakeFirst();
  if (person?.left_at) return;
  await endSuspension(ctx, suspension, `${push.name} has them active again.`);
}
