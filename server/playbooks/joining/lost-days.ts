import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';
import type { JoiningRun } from '../run-row.ts';
import { whoDoesIt } from '../who-does-it.ts';
import type { ReadinessKind } from './readiness.ts';

/** Something that was not there on the first morning. */
export type Missing = { what: string; kind: ReadinessKind; appId: string | null; why?: string; taskId?: string | null };

/**
 * Writes down what is missing from the first morning on, once per thing, and asks whoever can mend it, unless somebody has been asked already: the
 * app's owner, else operations. When that task is done the lost time ends.
 */
export async function noteLostDays(ctx: Context, run: JoiningRun, missing: Missing[], saidBy: string): Promise<void> {
  const known = await ctx.db
    .selectFrom('playbooks_lost_days')
    .select(['what'])
    .where('run_id', '=', run.id)
    .where('until', 'is', null)
    .execute();
  const since = lackedSince(run.starts_at, ctx.now);
  for (const thing of missing) {
    if (known.some((row) => row.what.toLowerCase() === thing.what.toLowerCase())) continue;
    const lost = await ctx.db
      .insertInto('playbooks_lost_days')
      .values({
        organization_id: ctx.organizationId,
        run_id: run.id,
        what: thing.what,
        cause: thing.kind,
        app_id: thing.appId,
        said_by: saidBy,
        words: thing.why ?? null,
        since,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const taskId = thing.taskId ?? (await askToMend(ctx, run, lost.id, thing));
    await ctx.db.updateTable('playbooks_lost_days').set({ task_id: taskId }).where('id', '=', lost.id).execute();
    await appendAudit(ctx, {
      action: 'joining.something-missing',
      subject: { kind: 'run', id: run.id, name: run.person },
      after: { what: thing.what, cause: thing.kind, saidBy },
      people: [run.person_id],
    });
  }
}

/** What is said in the first week lacked from the first morning on; what is said later, from when it is said. */
function lackedSince(startsAt: string, now: Temporal.Instant): string {
  const start = Temporal.Instant.from(startsAt);
  const isFirstWeek = Temporal.Instant.compare(start, now) <= 0 && now.since(start).total('hours') < 7 * 24;
  return isFirstWeek ? startsAt : now.toString();
}

const askToMend = async (ctx: Context, run: JoiningRun, lostDayId: string, thing: Missing): Promise<string> =>
  openTask(ctx, {
    kind: 'task',
    title: `Missing for ${run.person}: ${thing.what}`,
    instructions: [
      `${run.person} has started, and this is missing: ${thing.what}.`,
      thing.why ?? '',
      'Mend it, then say so here: their lost time is counted until then.',
    ]
      .filter(Boolean)
      .join('\n\n'),
    aboutKind: 'lost-day',
    aboutId: lostDayId,
    subjectPersonId: run.person_id,
    candidates: [...(await ownersOf(ctx, thing.appId)), ...(await whoDoesIt(ctx, 'ops', run))],
    never: run.person_id,
    dueAt: ctx.now.add({ hours: 4 }).toString(),
    remindAt: [ctx.now.add({ hours: 2 }).toString()],
    escalateAt: ctx.now.add({ hours: 4 }).toString(),
    bundle: `missing ${run.person_id}`,
  });

async function ownersOf(ctx: Context, appId: string | null): Promise<(string | null)[]> {
  if (!appId) return [];
  const app = await ctx.db
    .selectFrom('apps_apps')
    .select(['owner_person_id', 'deputy_person_id'])
    .where('id', '=', appId)
    .executeTakeFirst();
  return app ? [app.owner_person_id, app.deputy_person_id] : [];
}

/** Ends the lost time of one thing: it is there now. */
export async function endLostDay(ctx: Context, input: { runId: string; lostDayId: string }): Promise<void> {
  const lost = await ctx.db
    .selectFrom('playbooks_lost_days')
    .selectAll()
    .where('id', '=', input.lostDayId)
    .where('run_id', '=', input.runId)
    .executeTakeFirst();
  if (!lost) throw notFound('lost day');
  if (lost.until !== null) throw conflict('already_ended', 'It is there already. Nothing was changed.');
  await endOne(ctx, lost, `${ctx.actor.name} says that it is there.`);
}

/** Ends the lost time that waited for a task, now that it is done. Reaction to `task.done`. */
export async function endLostDaysByTask(ctx: Context, taskId: string): Promise<void> {
  const rows = await ctx.db
    .selectFrom('playbooks_lost_days')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('until', 'is', null)
    .execute();
  for (const lost of rows) await endOne(ctx, lost, null);
}

/** Ends the lost time of what an app shows as given now. Reaction to `action.changed`. */
export async function endLostDaysOfAction(ctx: Context, actionId: string): Promise<void> {
  const rows = await ctx.db
    .selectFrom('playbooks_lost_days as l')
    .innerJoin('playbooks_runs as r', 'r.id', 'l.run_id')
    .innerJoin('access_actions as a', (join) => join.onRef('a.app_id', '=', 'l.app_id').onRef('a.person_id', '=', 'r.person_id'))
    .leftJoin('apps_entitlements as e', 'e.id', 'a.entitlement_id')
    .selectAll('l')
    .select(['e.name as entitlement'])
    .where('a.id', '=', actionId)
    .where('a.status', 'in', ['verified', 'evidenced'])
    .where('l.until', 'is', null)
    .execute();
  // A role that is given does not end the want of another, and an account alone not that of a role.
  for (const lost of rows)
    if (lost.cause === 'account' || (lost.entitlement !== null && lost.what.toLowerCase().endsWith(lost.entitlement.toLowerCase())))
      await endOne(ctx, lost, 'A fresh read shows it.');
}

async function endOne(
  ctx: Context,
  lost: { id: string; run_id: string; task_id: string | null; what: string },
  why: string | null,
): Promise<void> {
  await ctx.db.updateTable('playbooks_lost_days').set({ until: ctx.now.toString() }).where('id', '=', lost.id).execute();
  if (why) await endMending(ctx, lost.task_id, why);
  const run = await ctx.db.selectFrom('playbooks_runs').select('person_id').where('id', '=', lost.run_id).executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'joining.there-now',
    subject: { kind: 'run', id: lost.run_id },
    after: { what: lost.what },
    people: [run.person_id],
  });
}

/** Ends a task that was opened to mend something; one that stood before goes on. */
export async function endMending(ctx: Context, taskId: string | null, why: string): Promise<void> {
  if (!taskId) return;
  const own = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('id', '=', taskId)
    .where('about_kind', '=', 'lost-day')
    .executeTakeFirst();
  if (own) await cancelTask(ctx, taskId, why);
}
