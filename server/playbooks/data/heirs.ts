import type { Heir } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { LeavingRun } from '../run-row.ts';
import { whoDoesIt } from '../who-does-it.ts';

const daysOfMail = 30;

/** The last day on which something happens to mail, unless another was named. */
export const mailUntil = (run: LeavingRun): string =>
  Temporal.Instant.from(run.cut_off_at).toZonedDateTimeISO(run.zone).toPlainDate().add({ days: daysOfMail }).toString();

/** The manager, or theirs: whoever of them is still here and is not the one who leaves. */
export async function proposedHeir(ctx: Context, run: LeavingRun): Promise<Heir | null> {
  const ids = (await whoDoesIt(ctx, 'manager', run)).filter((id) => id !== run.person_id);
  for (const id of ids) {
    const heir = await heirOf(ctx, id);
    if (heir) return heir;
  }
  return null;
}

/** A colleague as somebody who inherits; null where they are not here any more. */
export async function heirOf(ctx: Context, personId: string): Promise<Heir | null> {
  const row = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'name', 'work_address', 'status'])
    .where('id', '=', personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return row && row.status !== 'left' ? { personId: row.id, name: row.name, address: row.work_address } : null;
}
