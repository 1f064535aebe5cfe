import { getPerson } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { openTask } from '../tasks/index.ts';
import { aboutRights } from './held-from-before.ts';
import { applyGap } from './plans/apply-gap.ts';

/**
 * Asks an app's owner to make the account of somebody who comes back a usual one: it is an administrator's, and nobody knows by which role. The
 * account stays closed until that is done. `dueAt`: instant, ISO 8601.
 */
export async function askToTakeRights(ctx: Context, input: { personId: string; appId: string; dueAt: string }): Promise<void> {
  const { name } = await getPerson(ctx, input.personId);
  const app = await ctx.db.selectFrom('apps_apps').selectAll().where('id', '=', input.appId).executeTakeFirstOrThrow();
  await openTask(ctx, {
    kind: 'task',
    title: `Take the rights of an administrator of ${app.name} from ${name}`,
    instructions: [
      `${name} comes back in another position, and their account in ${app.name} is still an administrator’s. Make it a usual account. It stays closed until then, and opens once this is done.`,
      'Attach a picture or a link that shows it, or write what you saw.',
    ].join('\n\n'),
    linkUrl: app.deep_link,
    aboutKind: aboutRights,
    aboutId: input.appId,
    subjectPersonId: input.personId,
    candidates: [app.owner_person_id, app.deputy_person_id],
    never: input.personId,
    dueAt: input.dueAt,
    remindAt: [Temporal.Instant.from(input.dueAt).subtract({ hours: 12 }).toString()],
    escalateAt: input.dueAt,
    fallback: 'If nothing is done, the deputy is asked, then the owners of the organization. The account stays closed.',
    evidenceRequired: true,
  });
}

/** The rights were taken, as somebody said: the account may open, if the rules give it now. Reaction to `task.done`. */
export async function openAfterRights(ctx: Context, taskId: string): Promise<void> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['about_id', 'subject_person_id'])
    .where('id', '=', taskId)
    .where('about_kind', '=', aboutRights)
    .executeTakeFirst();
  if (!task?.about_id || !task.subject_person_id) return;
  const reason = 'The rights of an administrator were taken.';
  await applyGap(ctx, { personId: task.subject_person_id, appId: task.about_id, reason, byItself: true });
}
