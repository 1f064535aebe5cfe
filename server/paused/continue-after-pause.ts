import { appendAudit } from '../platform/audit.ts';
import type { Actor } from '../platform/context.ts';
import { type Context, runAs } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { endPause, findPause } from '../platform/paused.ts';
import type { Platform } from '../platform/platform.ts';
import { listDue } from './list-due.ts';

/**
 * The one confirmation that lets a restored installation work again. The pause is of the whole installation: where several companies
 * share it, only its operator ends it, on the command line.
 */
export async function continueAfterPause(platform: Platform, by: { organizationId: string; actor: Actor }): Promise<void> {
  const pause = await findPause(platform);
  if (!pause) throw conflict('not_paused', 'Groundcrew is not paused. Nothing was changed.');
  const { rows } = await platform.jobsPool.query('select organization_id from list_organizations() where not sample');
  if (rows.length > 1 && by.actor.kind !== 'command') {
    throw conflict(
      'several_organizations',
      'Several organizations share this installation, so its operator lets it go on: ./groundcrew continue --yes, on the machine itself. Nothing was changed.',
    );
  }
  await runAs(platform, by, async (ctx: Context) => {
    const due = (await listDue(ctx)).map(({ kind, total }) => [kind, total]);
    await appendAudit(ctx, {
      action: 'installation.continued',
      subject: { kind: 'installation', id: null },
      before: pause,
      after: { due: Object.fromEntries(due) },
    });
  });
  await endPause(platform);
}
