import { getPerson, type Person } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { openStatuses } from '../gap/gap-rows.ts';
import { withdrawPlan } from '../move-plan.ts';
import { mendByItself } from '../plans/mend-by-itself.ts';
import { beginAbsence } from './begin-absence.ts';
import { giveBackAfterAbsence } from './give-back-after-absence.ts';
import { note, type OpenAbsence, openAbsence } from './open-absence.ts';

/**
 * Does what is due about somebody’s leave of absence by its days as they are now: suspends at its beginning, gives back after it, earlier where it ends
 * earlier. Does nothing for who has left: the exit decides. To be called where nothing is hidden. Repeating finds nothing more to do.
 */
export async function followAbsence(ctx: Context, personId: string): Promise<void> {
  const absence = await openAbsence(ctx, personId);
  if (!absence) return;
  const person = await getPerson(ctx, personId);
  // Another employment began meanwhile: what the one before had is not given back by a leave.
  if (person.erased_at || person.employment_id !== absence.employment_id) return close(ctx, absence, 'left');
  if (person.status === 'left') return whileLeft(ctx, absence);
  const today = ctx.now
    .toZonedDateTimeISO(person.time_zone ?? 'UTC')
    .toPlainDate()
    .toString();
  const isOver = person.leave_from === null || (person.leave_until !== null && person.leave_until < today);
  const isAway = !isOver && person.leave_from! <= today;
  if (absence.status === 'planned') {
    if (isAway) return begin(ctx, absence, person);
    if (!isOver) return;
    await note(ctx, 'absence.cancelled', person, null);
    return close(ctx, absence, 'cancelled');
  }
  if (absence.status === 'away' && !isAway) return giveBackAfterAbsence(ctx, absence, person);
  if (absence.status === 'returning') return isAway ? begin(ctx, absence, person) : endOnceSettled(ctx, absence, person);
}

/** The exit closes what is open. Should it be taken back, the leave gives back what it had taken. */
async function whileLeft(ctx: Context, absence: OpenAbsence): Promise<void> {
  if (absence.status === 'planned') return close(ctx, absence, 'left');
  if (absence.status === 'returning')
    await ctx.db.updateTable('access_absences').set({ status: 'away' }).where('id', '=', absence.id).execute();
}

async function begin(ctx: Context, absence: OpenAbsence, person: Person): Promise<void> {
  const again = absence.status === 'returning' ? absence : null;
  if (again?.return_plan_id) await withdrawPlan(ctx, { planId: again.return_plan_id, reason: 'The leave goes on after all.' });
  const { planId, held } = await beginAbsence(ctx, { personId: person.id, keepAppIds: absence.keep_app_ids, again });
  await ctx.db
    .updateTable('access_absences')
    .set({
      status: 'away',
      plan_id: planId,
      return_plan_id: null,
      held: JSON.stringify(held),
      began_at: absence.began_at ?? ctx.now.toString(),
    })
    .where('id', '=', absence.id)
    .execute();
  await note(ctx, 'absence.began', person, { from: person.leave_from, until: person.leave_until });
}

async function endOnceSettled(ctx: Context, absence: OpenAbsence, person: Person): Promise<void> {
  const { rows } = await sql`
    select from access_actions where plan_id = ${absence.return_plan_id} and status = any (${[...openStatuses]}::text[]) limit 1`.execute(
    ctx.db,
  );
  if (rows.length > 0) return;
  await close(ctx, absence, 'over');
  await note(ctx, 'absence.over', person, null);
  await mendByItself(ctx, { personId: person.id });
}

const close = async (ctx: Context, { id }: { id: string }, status: 'over' | 'cancelled' | 'left'): Promise<void> => {
  await ctx.db.updateTable('access_absences').set({ status }).where('id', '=', id).execute();
};
