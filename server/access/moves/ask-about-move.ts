import { getPerson, type MoveChange } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';
import { decideGrant } from '../decide-grant.ts';
import { nameChanges } from './name-changes.ts';
import { type Thing, undecidedAfterMove } from './undecided.ts';

/** What a task is about by which the manager of somebody who moved decides what they keep. */
export const aboutMove = 'move';
const most = 100;

/**
 * Asks the manager of somebody who moved what they keep of what no rule gives, and names the apps that they answer for: once for the whole move, and
 * only where there is something to decide. A question of a move before that is still open goes into this one.
 */
export async function askAboutMove(ctx: Context, input: { moveId: string; personId: string }): Promise<void> {
  const person = await getPerson(ctx, input.personId);
  if (person.erased_at || person.status === 'left') return;
  const { rows: moves } = await sql<{ id: string; changes: MoveChange[]; taskId: string | null }>`
    select m.id, m.changes, t.id as "taskId" from people_moves m
    left join tasks_tasks t on t.about_kind = ${aboutMove} and t.about_id = m.id and t.status = 'open'
    where m.person_id = ${person.id} and (m.id = ${input.moveId} or t.id is not null) order by m.at, m.id`.execute(ctx.db);
  // Another move came since: its own turn asks.
  if (moves.at(-1)?.id !== input.moveId || moves.at(-1)!.taskId !== null) return;
  for (const { taskId } of moves) if (taskId) await cancelTask(ctx, taskId, 'They moved again.');
  const things = (await undecidedAfterMove(ctx, person.id, moves)).slice(0, most);
  const owned = moves.some(({ changes }) => changes.some(({ field }) => field === 'department')) ? await ownedApps(ctx, person.id) : [];
  if (things.length === 0 && owned.length === 0) return;
  const changes = (await nameChanges(ctx, moves.at(-1)!.changes)).map(({ label, from, to }) => `- ${label}: ${from} → ${to}`);
  const due = ctx.now.add({ hours: 24 * 7 });
  const isQuestion = things.length > 0;
  await openTask(ctx, {
    kind: isQuestion ? 'question' : 'task',
    title: isQuestion ? `Decide what ${person.name} keeps after moving` : `See whether ${person.name} still answers for ${listed(owned)}`,
    instructions: [
      `${person.name} has moved:\n${changes.join('\n')}`,
      ...(isQuestion
        ? [
            `They still have what no rule gives them, and what those have whom they left:\n${things.map((thing) => `- ${thing.app}${thing.entitlement ? `: ${thing.entitlement}` : ''}`).join('\n')}`,
            'What rules gave is not among it: it goes and comes by itself. Keep it, or let it end; what ends stands on the plan until somebody applies it.',
          ]
        : []),
      ...(owned.length > 0
        ? [`They answer for ${listed(owned)}. If somebody else is to, ask whoever runs operations to change it on the page of the app.`]
        : []),
    ].join('\n\n'),
    linkUrl: `${ctx.platform.config.publicUrl}/people/${person.id}#access`,
    aboutKind: aboutMove,
    aboutId: input.moveId,
    subjectPersonId: person.id,
    candidates: [person.manager_id],
    never: person.id,
    dueAt: due.toString(),
    remindAt: [due.subtract({ hours: 48 }).toString()],
    fallback: 'If nobody answers, everything stays as it is.',
    options: isQuestion ? options(things) : null,
  });
}

/** What was asked about is kept with the answers: what came since is not decided by them. */
const options = (things: Thing[]): { value: string; label: string; things?: { appId: string; entitlementId: string | null }[] }[] => {
  const asked = things.map(({ appId, entitlementId }) => ({ appId, entitlementId }));
  return [
    { value: 'keep', label: 'They keep all of it', things: asked },
    { value: 'take', label: 'All of it ends', things: asked },
    { value: 'each', label: 'Some of each: it was decided on their page' },
  ];
};

/** What the manager answered about a move: each thing that was asked about and is not decided yet stays or goes. */
export async function decideAfterMove(ctx: Context, taskId: string): Promise<void> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['answer', 'options', 'subject_person_id', 'done_by', 'note'])
    .where('id', '=', taskId)
    .executeTakeFirst();
  if (!task?.subject_person_id || (task.answer !== 'keep' && task.answer !== 'take')) return;
  const chosen = ((task.options ?? []) as ReturnType<typeof options>).find(({ value }) => value === task.answer);
  const { rows: decided } = await sql<{ key: string }>`
    select app_id || '/' || coalesce(entitlement_id::text, '') as key from access_decisions
    where person_id = ${task.subject_person_id} and withdrawn_at is null`.execute(ctx.db);
  const known = new Set(decided.map(({ key }) => key));
  for (const thing of chosen?.things ?? []) {
    if (known.has(`${thing.appId}/${thing.entitlementId ?? ''}`)) continue;
    await decideGrant(ctx, {
      personId: task.subject_person_id,
      ...thing,
      decision: task.answer,
      reason: `${task.done_by ?? 'Somebody'} answered so after their move.${task.note ? ` ${task.note}` : ''}`,
    });
  }
}

const ownedApps = async (ctx: Context, personId: string): Promise<string[]> =>
  (
    await ctx.db
      .selectFrom('apps_apps')
      .select('name')
      .where('owner_person_id', '=', personId)
      .where('archived_at', 'is', null)
      .orderBy('name')
      .execute()
  ).map(({ name }) => name);

const listed = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
