import { changePerson } from '../../../people/index.ts';
import { appendAudit } from '../../../platform/audit.ts';
import type { Context } from '../../../platform/context.ts';
import type { JoiningRun } from '../../run-row.ts';
import type { Given } from './open-welcome.ts';

/**
 * Keeps what the new colleague says about themselves: how they want to be called (written to their record), where their things may be sent,
 * which keyboard. What is left out stays as it was.
 */
export async function saveWelcome(ctx: Context, run: JoiningRun, given: Given): Promise<void> {
  const before = run.welcome as Given;
  const after = { ...before, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ welcome: JSON.stringify(after) })
    .where('id', '=', run.id)
    .execute();
  if (given.preferredName !== undefined && given.preferredName !== before.preferredName)
    await changePerson({ ...ctx, reach: 'all' }, run.person_id, { preferredName: given.preferredName || null });
  await appendAudit(ctx, {
    action: 'welcome.answered',
    subject: { kind: 'run', id: run.id, name: run.person },
    before,
    after,
    people: [run.person_id],
  });
}
