import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { personChanged } from './events.ts';
import { getPerson } from './get-person.ts';

/** Sets a leave of absence: from a day, until a day (both included) or open. Both null: the leave ends. Accounts stay as they are. */
export async function setLeave(ctx: Context, personId: string, leave: { from: string | null; until: string | null }): Promise<void> {
  const person = await getPerson(ctx, personId);
  if (leave.from === null && leave.until !== null)
    throw invalid('leave_without_start', 'Say from which day.', [{ field: 'from', message: 'Choose the first day of the leave.' }]);
  if (leave.from !== null && leave.until !== null && leave.until < leave.from) {
    throw invalid('leave_ends_first', 'The leave would end before it begins. Nothing was changed.', [
      { field: 'until', message: `Choose a day from ${leave.from} on.` },
    ]);
  }
  await ctx.db.updateTable('people_people').set({ leave_from: leave.from, leave_until: leave.until }).where('id', '=', personId).execute();
  await appendAudit(ctx, {
    action: leave.from === null ? 'person.leave-ended' : 'person.leave-set',
    subject: { kind: 'person', id: personId, name: person.name },
    before: { from: person.leave_from, until: person.leave_until },
    after: leave,
    people: [personId],
  });
  await emit(ctx, personChanged, { personId });
}
