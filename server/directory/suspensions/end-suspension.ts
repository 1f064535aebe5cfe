import { setAbsence } from '../../access/index.ts';
import { getPerson } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { cancelTask } from '../../tasks/index.ts';
import { endHeldTask } from './ask-about-held.ts';
import { resumeSignIn } from './pause-sign-in.ts';

export type Suspension = {
  id: string;
  connection_id: string;
  person_id: string;
  status: string;
  task_id: string | null;
  paused_member_id: string | null;
  leave_before: unknown;
  answered_at: string | null;
};

/** What stands of a leave of absence that this set: from when, until when. */
type Leave = { from: string | null; until: string | null };
type LeaveKept = { before: Leave; set: Leave };

/** Ends a suspension and puts everything back that it changed: accounts, sign-in, leave, questions. What somebody changed since stays. */
export async function endSuspension(ctx: Context, suspension: Suspension, why: string, by: string | null = null): Promise<void> {
  const person = await getPerson(ctx, suspension.person_id);
  const kept = suspension.leave_before as LeaveKept | null;
  if (kept && person.leave_from === kept.set.from && person.leave_until === kept.set.until && person.status !== 'left')
    await setAbsence(ctx, { personId: person.id, ...kept.before, suspends: false, keepAppIds: [] });
  await resumeSignIn(ctx, suspension, why);
  await ctx.db
    .updateTable('directory_suspensions')
    .set({
      status: 'ended',
      ended_at: ctx.now.toString(),
      ended_why: why,
      leave_before: null,
      ...(by === null || suspension.answered_at ? {} : { answered_by: by, answered_at: ctx.now.toString() }),
    })
    .where('id', '=', suspension.id)
    .execute();
  if (suspension.task_id) await cancelTask(ctx, suspension.task_id, why);
  await appendAudit(ctx, {
    action: suspension.status === 'held' ? 'directory.suspension-let-go' : 'directory.person-restored',
    subject: { kind: 'person', id: person.id, name: person.name },
    reason: why,
    people: [person.id],
  });
  if (suspension.status === 'held') await endHeldTask(ctx, suspension.connection_id);
}
