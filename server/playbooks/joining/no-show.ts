import { changePerson, getPerson } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { leavingTerms } from '../leaving-terms.ts';
import { getRun, joiningOf } from '../run-row.ts';
import { startLeaving } from '../start-leaving.ts';
import { endJoining } from './end-joining.ts';

/**
 * Somebody who was hired does not come. The hire ends, and an exit begins at once that closes all they were given and proves it. Returns the
 * run of that exit.
 */
export async function noShow(ctx: Context, runId: string, reason: string): Promise<{ runId: string }> {
  const run = joiningOf(await getRun(ctx, runId, { lock: true }));
  if (run.status !== 'running' && run.status !== 'paused')
    throw conflict('run_is_over', 'This hire has ended already. Nothing was changed.');
  if (reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why, so that the history shows it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  if (run.first_morning !== null)
    throw conflict(
      'has_started',
      `${run.person} has said on the first morning that they are here. Let them leave instead. Nothing was changed.`,
    );
  await endJoining(ctx, { personId: run.person_id, words: `Did not come: ${reason.trim()}`, outcome: 'no-show' });
  const person = await getPerson(ctx, run.person_id);
  // Who never began has no first day: an exit before it would be refused.
  const today = ctx.now.toZonedDateTimeISO(run.zone).toPlainDate().toString();
  if (person.start_date && person.start_date > today) await changePerson(ctx, run.person_id, { startDate: null });
  const [exitId] = await startLeaving(
    ctx,
    [run.person_id],
    leavingTerms.parse({ at: 'now', reason: `Did not come: ${reason.trim()}`.slice(0, 500) }),
  );
  await appendAudit(ctx, {
    action: 'hire.no-show',
    subject: { kind: 'run', id: runId, name: run.person },
    after: { exit: exitId },
    reason: reason.trim(),
    people: [run.person_id],
  });
  return { runId: exitId! };
}
