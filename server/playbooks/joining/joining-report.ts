import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conditions } from '../conditions.ts';
import type { ReadinessState } from './readiness.ts';
import { type Aim, type Arrival, type MilestoneTimes, timeToProductive } from './time-to-productive.ts';
import { type Starter, type WaitedFor, type WaitedForThing, waitedFor } from './waited-for.ts';

/** Over which time: by the first morning. */
export const reportSpans = ['90-days', 'year', 'all'] as const;
export type ReportSpan = (typeof reportSpans)[number];

export type JoiningReport = WaitedFor & {
  /** The first mornings of this time and later are in it; null for all. */
  since: string | null;
  /** Of so many hires the newest 2,000 are counted. */
  found: number;
  milestones: MilestoneTimes[];
};

const daysOf: Record<ReportSpan, number | null> = { '90-days': 90, year: 365, all: null };
const most = 2000;

type Hire = Omit<Starter, 'goneAt' | 'lost'> & {
  title: string | null;
  department: string | null;
  location: string | null;
  country: string | null;
  employmentType: string | null;
  costCentre: string | null;
  directReports: number;
  onLeave: boolean;
  leftAt: string | null;
  againAt: string | null;
  found: number;
};

/**
 * What the hires of a time waited for and how long they took to their milestones, for a manager only of their reports. In it are those whose first
 * morning has come and who came. Department, title and whom a milestone means are those of today.
 */
export async function joiningReport(ctx: Context, over: ReportSpan): Promise<JoiningReport> {
  const days = daysOf[over];
  const since = days === null ? null : ctx.now.subtract({ hours: 24 * days }).toString();
  const hires = await hiresSince(ctx, since);
  const lost = await lostOf(ctx, hires);
  const starters = hires.map(
    (hire): Starter => ({
      ...hire,
      goneAt: hire.leftAt ?? hire.againAt,
      lost: lost.filter(({ runId }) => runId === hire.runId),
    }),
  );
  const waited = waitedFor(starters, ctx.now);
  const begun = new Set(waited.hires.map(({ runId }) => runId));
  return {
    ...waited,
    since,
    found: hires[0]?.found ?? 0,
    milestones: await milestoneTimes(
      ctx,
      hires.filter(({ runId }) => begun.has(runId)),
    ),
  };
}

async function hiresSince(ctx: Context, since: string | null): Promise<Hire[]> {
  const { rows } = await sql<Hire>`
    select r.id as "runId", who.name as person, who.title, who.department, who.location, who.country, who.employment_type as "employmentType",
      who.cost_centre as "costCentre", r.zone, r.start_on as "startOn", r.starts_at as "startsAt", r.first_morning as said,
      (select count(*)::int from people_people m where m.manager_id = r.person_id) as "directReports",
      coalesce(who.leave_from <= groundcrew_now()::date and (who.leave_until is null or who.leave_until >= groundcrew_now()::date), false) as "onLeave",
      (select s.result->'readiness'->>'state' from playbooks_steps s
        where s.run_id = r.id and s.kind = 'check-readiness' and s.status = 'done' and s.done_at >= r.starts_at order by s.done_at limit 1) as looked,
      case when who.status = 'left' then who.left_at end as "leftAt",
      (select min(n.confirmed_at) from playbooks_runs n
        where n.person_id = r.person_id and n.moment <> 'leaver' and n.outcome is distinct from 'no-show' and n.confirmed_at > r.confirmed_at) as "againAt",
      count(*) over ()::int as found
    from playbooks_runs r join people_roster who on who.id = r.person_id
    where r.moment <> 'leaver' and r.outcome is distinct from 'no-show' and r.starts_at <= ${ctx.now.toString()}
      and (${since}::timestamptz is null or r.starts_at >= ${since}::timestamptz)
      and (${ctx.reach === 'all'} or who.manager_id = ${ctx.actor.personId}::uuid)
    order by r.starts_at desc, r.id limit ${most}`.execute(ctx.db);
  return rows.map((row) => ({ ...row, looked: row.looked as ReadinessState | null }));
}

const idsOf = (hires: Hire[]): string[] => hires.map(({ runId }) => runId);

async function lostOf(ctx: Context, hires: Hire[]): Promise<(WaitedForThing & { runId: string })[]> {
  const { rows } = await sql<WaitedForThing & { runId: string }>`
    select l.run_id as "runId", l.what, l.cause, l.app_id as "appId", a.name as app, l.since, l.until
    from playbooks_lost_days l left join apps_apps a on a.id = l.app_id where l.run_id = any (${idsOf(hires)}::uuid[]) order by l.since, l.what`.execute(
    ctx.db,
  );
  return rows;
}

async function milestoneTimes(ctx: Context, hires: Hire[]): Promise<MilestoneTimes[]> {
  const { rows: aims } = await sql<Aim & { when: string }>`
    select id, name, target_days as "targetDays", archived_at is not null as "isGone", condition_text as "when" from playbooks_milestones
    order by archived_at is not null, position, name`.execute(ctx.db);
  const { rows: reached } = await sql<{ runId: string; id: string; reachedOn: string }>`
    select run_id as "runId", milestone_id as id, reached_on as "reachedOn" from playbooks_milestones_reached
    where run_id = any (${idsOf(hires)}::uuid[])`.execute(ctx.db);
  const reachedOn = new Map(reached.map((row) => [`${row.runId} ${row.id}`, row.reachedOn]));
  const meant = new Map<string, (boolean | null)[]>();
  for (const aim of aims) meant.set(aim.id, await whomItMeans(aim, hires));
  const arrivals = hires.map(
    (hire, index): Arrival => ({
      ...hire,
      today: ctx.now.toZonedDateTimeISO(hire.zone).toPlainDate().toString(),
      hasLeft: hire.leftAt !== null || hire.againAt !== null,
      milestones: aims.map(({ id }) => ({
        id,
        meant: meant.get(id)![index] ?? null,
        reachedOn: reachedOn.get(`${hire.runId} ${id}`) ?? null,
      })),
    }),
  );
  return timeToProductive(
    aims.map(({ when: _, ...aim }) => aim),
    arrivals,
  );
}

// One that is not asked any more means only those who reached it. What cannot be evaluated is not known.
async function whomItMeans(aim: Aim & { when: string }, hires: Hire[]): Promise<(boolean | null)[]> {
  if (aim.isGone) return hires.map(() => false);
  if (aim.when.trim() === 'true') return hires.map(() => true);
  const people = hires.map(({ department, location, country, title, employmentType, costCentre, directReports, onLeave }) => ({
    person: { department, location, country, title, employmentType, costCentre, directReports, onLeave },
  }));
  return conditions()
    .evaluateMany(aim.when, people)
    .catch(() => hires.map(() => null));
}
