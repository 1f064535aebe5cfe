import { getPerson } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';
import { computeGap } from '../gap/compute-gap.ts';
import { aboutRights } from '../held-from-before.ts';
import { ofRules, workable } from './apply-gap.ts';
import { mendingRules } from './mend-by-itself.ts';
import { type Administrator, administratorAgain, withoutAdministrators } from './without-administrators.ts';

const aboutStaying = 'administrator';

/** Asks, once for each app, whether somebody who comes back stays an administrator there: until then their account stays closed. */
export async function askAboutAdministrators(ctx: Context, personId: string, left: readonly Administrator[]): Promise<void> {
  const person = await getPerson(ctx, personId);
  const { rows } = await sql<{ app_id: string }>`
    select about_id as app_id from tasks_tasks where about_kind = any (${[aboutStaying, aboutRights]}::text[]) and subject_person_id = ${personId}
      and status = 'open'`.execute(ctx.db);
  const asked = new Set(rows.map((row) => row.app_id));
  for (const { appId, app } of left) {
    if (asked.has(appId)) continue;
    await openTask(ctx, {
      kind: 'task',
      title: `Decide whether ${person.name} stays an administrator of ${app}`,
      instructions: [
        `${person.name} comes back. Their account in ${app} is still an administrator’s from before, and no rule gives that now. So the account stays closed until it is decided, or taken away.`,
        'Open their page and say, beside what they have, whether it stays or goes. Then apply their plan: the account opens with it, or without.',
      ].join('\n\n'),
      linkUrl: `${ctx.platform.config.publicUrl}/people/${personId}#access`,
      aboutKind: aboutStaying,
      aboutId: appId,
      subjectPersonId: personId,
      // Nobody of the app: an owner of the organization decides about access.
      candidates: [],
      never: personId,
      dueAt: ctx.now.add({ hours: 4 }).toString(),
      remindAt: [ctx.now.add({ hours: 2 }).toString()],
    });
  }
}

/**
 * Asks about somebody who is here again where their accounts would open as an administrator's and nobody has decided about that, or where rules that
 * mend by themselves would open one and what goes from it waits for somebody.
 */
export async function askWhoComesBack(ctx: Context, personId: string): Promise<void> {
  const gap = await computeGap(ctx, { personId });
  const byItself = await withoutAdministrators(ctx, gap, workable(gap, ofRules(gap.lines, await mendingRules(ctx))));
  const undecided = await administratorAgain(ctx, personId, null);
  const left = [...undecided, ...byItself.left.filter(({ appId }) => !undecided.some((each) => each.appId === appId))];
  if (left.length > 0) await askAboutAdministrators(ctx, personId, left);
}

/** Ends what was asked about an app once it is decided. */
export async function endAskedAbout(ctx: Context, personId: string, appId: string): Promise<void> {
  const asked = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutStaying)
    .where('about_id', '=', appId)
    .where('subject_person_id', '=', personId)
    .where('status', '=', 'open')
    .execute();
  if (asked.length === 0 || (await administratorAgain(ctx, personId, null)).some((each) => each.appId === appId)) return;
  for (const { id } of asked) await cancelTask(ctx, id, 'It has been decided.');
}
