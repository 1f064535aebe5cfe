import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';

/** How many days after the cut-off an account is kept where nothing else was set. */
export const usualDays = 90;

/** The days to keep: of the organization, and of each app that has its own. */
export async function listRetention(ctx: Context): Promise<{ days: number; apps: { appId: string; app: string; days: number }[] }> {
  const rows = await ctx.db
    .selectFrom('access_retentions as r')
    .leftJoin('apps_apps as a', 'a.id', 'r.app_id')
    .select(['r.app_id', 'a.name', 'r.days'])
    .orderBy('a.name')
    .execute();
  return {
    days: rows.find((row) => row.app_id === null)?.days ?? usualDays,
    apps: rows.flatMap((row) => (row.app_id ? [{ appId: row.app_id, app: row.name ?? '', days: row.days }] : [])),
  };
}

/** Days to keep in one app. */
export async function daysToKeep(ctx: Context): Promise<(appId: string) => number> {
  const { days, apps } = await listRetention(ctx);
  return (appId) => apps.find((each) => each.appId === appId)?.days ?? days;
}

/** The instant until which an account is kept. */
export const keptUntil = (cutOffAt: string, days: number): string =>
  Temporal.Instant.from(cutOffAt)
    .add({ hours: 24 * days })
    .toString();

/**
 * Sets how long accounts of leavers are kept, for all apps or for one; `days` null: the app keeps them as the organization does. What waits to be
 * asked about moves with it; what was approved already does not.
 */
export async function setRetention(ctx: Context, input: { appId: string | null; days: number | null }): Promise<void> {
  if (input.appId && !(await ctx.db.selectFrom('apps_apps').select('id').where('id', '=', input.appId).executeTakeFirst()))
    throw notFound('app');
  const before = await listRetention(ctx);
  await ctx.db
    .deleteFrom('access_retentions')
    .where((e) => (input.appId === null ? e('app_id', 'is', null) : e('app_id', '=', input.appId)))
    .execute();
  if (input.days !== null)
    await ctx.db
      .insertInto('access_retentions')
      .values({
        organization_id: ctx.organizationId,
        app_id: input.appId,
        days: input.days,
        changed_by: ctx.actor.name,
        changed_at: ctx.now.toString(),
      })
      .execute();
  await sql`
    update access_actions a set due_at = k.until, next_at = k.until
    from (select o.id, p.due_at + make_interval(hours => 24 * coalesce(own.days, every.days, ${usualDays})) as until
      from access_actions o join access_plans p on p.id = o.plan_id
        left join access_retentions own on own.app_id = o.app_id left join access_retentions every on every.app_id is null
      where o.kind = 'delete-account' and o.status = 'planned' and o.approved_at is null) k
    where a.id = k.id`.execute(ctx.db);
  await appendAudit(ctx, {
    action: 'retention.set',
    subject: { kind: input.appId ? 'app' : 'organization', id: input.appId ?? ctx.organizationId },
    before: input.appId ? { days: before.apps.find((each) => each.appId === input.appId)?.days ?? null } : { days: before.days },
    after: { days: input.days },
  });
  ctx.afterCommit(() => ctx.platform.wake());
}
