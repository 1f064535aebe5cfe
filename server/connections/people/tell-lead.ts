import type { Told } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';

/** What the task about a held list of a source, and the one about its questions, is about. */
const aboutHeld = 'people-source-held';
const aboutQuestions = 'people-source-asks';

/** Whether a source's questions are to be asked: not while they stand, and not again within a week. */
export async function mayAsk(ctx: Context, refId: string): Promise<boolean> {
  const asked = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutQuestions)
    .where('about_id', '=', refId)
    .where((eb) => eb.or([eb('status', '=', 'open'), eb('created_at', '>', ctx.now.subtract({ hours: 7 * 24 }).toString())]))
    .executeTakeFirst();
  return asked === undefined;
}

/**
 * One task for as long as a source is held, which ends by itself when a later reading goes through; and one for what it asks. `anew`: what is held now is another list
 * than the one before, and is told by itself.
 */
export async function tellLead(ctx: Context, refId: string, source: string, told: Told, { anew = false } = {}): Promise<void> {
  const open = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutHeld)
    .where('about_id', '=', refId)
    .where('status', '=', 'open')
    .execute();
  const lists = `${ctx.platform.config.publicUrl}/people/imports`;
  const task = { kind: 'task' as const, aboutId: refId, candidates: [], dueAt: ctx.now.add({ hours: 24 }).toString() };
  if (told.outcome === 'held') {
    if (open.length > 0 && !anew) return;
    for (const { id } of open) await cancelTask(ctx, id, 'A newer list is held.');
    await openTask(ctx, {
      ...task,
      title: `What ${source} tells of people is held. Look at its newest list, and take it in or discard it.`,
      instructions: `Nobody was changed. ${told.reasons.join(' ')}`,
      linkUrl: lists,
      aboutKind: aboutHeld,
    });
    return;
  }
  if (told.outcome !== 'waits') for (const { id } of open) await cancelTask(ctx, id, 'Its last reading went through.');
  if (told.outcome === 'taken' && told.counts!.questions > 0 && (await mayAsk(ctx, refId)))
    await openTask(ctx, {
      ...task,
      title: `${source} tells something of people that has to be decided.`,
      instructions: 'Open the list: the questions stand on it.',
      linkUrl: `${lists}/${told.importId}`,
      aboutKind: aboutQuestions,
    });
}
