import { getPerson, setLeave } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { giveBackAfterAbsence } from './give-back-after-absence.ts';
import { note, openAbsence } from './open-absence.ts';

/**
 * Sets a leave of absence and whether accounts are suspended for it: from the beginning of its first day where the person is until the end of its last
 * one, or open. What they hold is kept, and given back as it was. `keepAppIds`: apps that stay usable. `from` null: the leave ends. What is due by its
 * days follows in a reaction.
 */
export async function setAbsence(
  ctx: Context,
  input: { personId: string; from: string | null; until: string | null; suspends: boolean; keepAppIds: readonly string[] },
): Promise<void> {
  const person = await getPerson(ctx, input.personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased.');
  if (person.status === 'left') throw conflict('has_left', `${person.name} has left. Nothing was changed.`);
  const suspends = input.suspends && input.from !== null;
  await checkApps(ctx, input.keepAppIds);
  const open = await openAbsence(ctx, input.personId);
  if ((suspends || open) && ctx.actor.personId === person.id)
    throw conflict('own_leave', 'This is your own leave: somebody else has to say what is suspended for it. Nothing was changed.');
  const keep = [...new Set(input.keepAppIds)];
  if (suspends) {
    if (open?.status === 'planned')
      await ctx.db.updateTable('access_absences').set({ keep_app_ids: keep }).where('id', '=', open.id).execute();
    else if (open && keep.toSorted().join() !== open.keep_app_ids.toSorted().join())
      throw conflict('leave_began', 'The leave has begun. Which apps stay usable can only be changed before. Nothing was changed.');
    else if (!open) {
      await ctx.db
        .insertInto('access_absences')
        .values({
          organization_id: ctx.organizationId,
          person_id: person.id,
          employment_id: person.employment_id,
          status: 'planned',
          keep_app_ids: keep,
          made_by: ctx.actor.name,
          created_at: ctx.now.toString(),
        })
        .execute();
      await note(ctx, 'absence.planned', person, { from: input.from, until: input.until });
    }
  } else if (open?.status === 'planned') {
    await ctx.db.updateTable('access_absences').set({ status: 'cancelled' }).where('id', '=', open.id).execute();
    await note(ctx, 'absence.cancelled', person, null);
  } else if (open?.status === 'away') await giveBackAfterAbsence(ctx, open, person);
  await setLeave(ctx, person.id, { from: input.from, until: input.until });
}

async function checkApps(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await ctx.db
    .selectFrom('apps_apps')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  if (rows.length < new Set(ids).size)
    throw invalid('no_such_app', 'There is no such app here. Nothing was changed.', [
      { field: 'keepAppIds', message: 'Choose apps from the list.' },
    ]);
}
