import type { Context } from '../../platform/context.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';

/** What the one task about everything that a connection's brake holds is about. */
export const aboutHeld = 'directory-held';

/** Tells the lead that a connection is held, once for as long as anything is. */
export async function askAboutHeld(ctx: Context, { connectionId, name }: { connectionId: string; name: string }): Promise<void> {
  if ((await heldTasks(ctx, connectionId)).length > 0) return;
  await openTask(ctx, {
    kind: 'task',
    title: `${name} wants to take out many people at once. Nobody was touched. Is that right?`,
    instructions:
      'Within a day it deactivated or deleted more than 5 % of the people. From there on everything is held. See their names, then release them or let it go.',
    linkUrl: `${ctx.platform.config.publicUrl}/directory/${connectionId}`,
    aboutKind: aboutHeld,
    aboutId: connectionId,
    candidates: [],
    dueAt: ctx.now.add({ hours: 8 }).toString(),
  });
}

/** Ends that task once nothing is held any more. */
export async function endHeldTask(ctx: Context, connectionId: string): Promise<void> {
  const held = await ctx.db
    .selectFrom('directory_suspensions')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'held')
    .executeTakeFirst();
  if (held) return;
  for (const { id } of await heldTasks(ctx, connectionId)) await cancelTask(ctx, id, 'Nothing is held any more.');
}

const heldTasks = (ctx: Context, connectionId: string) =>
  ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutHeld)
    .where('about_id', '=', connectionId)
    .where('status', '=', 'open')
    .execute();
