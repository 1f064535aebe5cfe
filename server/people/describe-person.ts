import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { declaredPermissions, reachOf, scopesCover } from '../platform/http/permissions.ts';
import { hasLeft } from './has-left.ts';
import { getReachablePerson } from './people-in-reach.ts';

/** One person with what stands around them: manager, reports, former employments, and in words whether they have left. */
export async function describePerson(ctx: Context, personId: string) {
  const person = await getReachablePerson(ctx, personId);
  const own = await ctx.db.selectFrom('people_people').select('time_zone').where('id', '=', personId).executeTakeFirstOrThrow();
  const manager = person.manager_id
    ? await ctx.db
        .selectFrom('people_roster')
        .select(['id', 'name', 'title', 'status'])
        .where('id', '=', person.manager_id)
        .executeTakeFirst()
    : undefined;
  const reports = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'name', 'title', 'status'])
    .where('manager_id', '=', personId)
    .orderBy('name')
    .limit(200)
    .execute();
  const { rows: former } = await sql<{ startDate: string | null; lastWorkingDay: string | null; leftAt: string | null }>`
    select start_date as "startDate", last_working_day as "lastWorkingDay", left_at as "leftAt" from people_employments
    where person_id = ${personId} and not current order by created_at desc limit 50`.execute(ctx.db);
  const departure = hasLeft(
    {
      startDate: person.start_date,
      lastWorkingDay: person.last_working_day,
      accessCutOff: person.cut_off_local?.slice(0, 16) ?? null,
      timeZone: person.time_zone,
      cutOffZone: person.cut_off_zone,
      place: person.place,
      confirmedMissingAt: null,
    },
    ctx.now,
  );
  return {
    person,
    ownTimeZone: own.time_zone,
    manager: manager ?? null,
    reports,
    former,
    localTime: ctx.now.toZonedDateTimeISO(person.time_zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
    departureWords: person.left_at === null && person.last_working_day === null ? null : departure.words,
  };
}

export type TimelineEvent = {
  id: string;
  at: string;
  action: string;
  actorName: string | null;
  subjectKind: string;
  subjectName: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
};

/** What happened to a person, newest first, as far as who looks may know. Values and reasons only for who may read the audit or exits. */
export async function personTimeline(
  ctx: Context,
  personId: string,
  page: { before?: string | undefined; limit: number },
): Promise<TimelineEvent[]> {
  await getReachablePerson(ctx, personId);
  const { rows } = await sql<TimelineEvent>`
    select e.id, e.at, e.action, v.actor_name as "actorName", e.subject_kind as "subjectKind", v.subject_name as "subjectName", v.before, v.after, v.reason
    from platform_audit_events e join platform_audit_values v on v.organization_id = e.organization_id and v.event_id = e.id
    where (e.subject_id = ${personId} or v.person_ids @> array[${personId}]::uuid[]) and (${page.before ?? null}::uuid is null or e.id < ${page.before ?? null})
    order by e.id desc limit ${page.limit}`.execute(ctx.db);
  if (ctx.reach === 'all' && mayReadValues(ctx)) return rows;
  return rows.map((row) => ({ ...row, before: null, after: null, reason: null }));
}

function mayReadValues(ctx: Context): boolean {
  const { kind, roles, scopes } = ctx.actor;
  if (kind === 'system' || kind === 'command') return true;
  return Object.entries(declaredPermissions()).some(
    ([name, permission]) =>
      (name === 'audit:read' || name === 'leaving:read') && reachOf(permission, roles) === 'all' && scopesCover(scopes, name),
  );
}
