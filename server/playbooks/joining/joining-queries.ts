import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { getRun, joiningOf } from '../run-row.ts';
import { type Span, workingDaysWithin } from './lost-working-days.ts';
import { milestonesOfRun } from './milestones.ts';
import { readReadiness } from './read-readiness.ts';
import type { Readiness } from './readiness.ts';
import type { Given } from './welcome/open-welcome.ts';

type Row = {
  id: string;
  personId: string;
  person: string;
  title: string | null;
  department: string | null;
  place: string | null;
  zone: string;
  startOn: string;
  startsAt: string;
  endDate: string | null;
  status: string;
  outcome: string | null;
  moment: string;
  playbook: string;
  late: boolean;
  firstMorning: 'everything' | 'something-missing' | null;
  firstMorningAt: string | null;
  manager: string | null;
  /** When accounts are opened next; null where they are open. */
  opensAt: string | null;
  waits: number;
};

export type JoiningRow = Row & { readiness: Readiness | null; lostDays: number };

export type JoiningFilter = { status: 'open' | 'over' | 'all'; personId?: string | undefined; limit: number; offset: number };

/** The hires a reader may see, the next first day first. For a manager only those of their reports. Readiness is of those under way. */
export async function listJoining(ctx: Context, filter: JoiningFilter): Promise<{ rows: JoiningRow[]; total: number }> {
  const where = sql`r.moment <> 'leaver'
    and ${filter.status === 'all' ? sql`true` : filter.status === 'open' ? sql`r.status in ('running', 'paused')` : sql`r.status in ('done', 'cancelled')`}
    and (${filter.personId ?? null}::uuid is null or r.person_id = ${filter.personId ?? null}::uuid)
    and (${ctx.reach === 'all'} or who.manager_id = ${ctx.actor.personId}::uuid)`;
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from playbooks_runs r join people_roster who on who.id = r.person_id where ${where}`.execute(ctx.db);
  const { rows } = await sql<
    Row & { answers: unknown }
  >`${columns} where ${where} order by r.starts_at, who.name limit ${filter.limit} offset ${filter.offset}`.execute(ctx.db);
  const lost = await lostDaysOf(
    ctx,
    rows.map((row) => row.id),
  );
  const all: JoiningRow[] = [];
  for (const row of rows) all.push(await withReadiness(ctx, row, lost));
  return { rows: all, total: counted[0]!.total };
}

const columns = sql`
  select r.id, r.person_id as "personId", who.name as person, who.title, who.department, who.place, r.zone, r.start_on as "startOn", r.starts_at as "startsAt",
    r.last_working_day as "endDate", r.status, r.outcome, r.moment, p.name as playbook, r.answers, r.first_morning as "firstMorning", r.first_morning_at as "firstMorningAt", m.name as manager,
    exists (select from playbooks_steps s where s.run_id = r.id and s.due_at < r.confirmed_at) as late,
    (select min(s.due_at) from playbooks_steps s where s.run_id = r.id and s.kind = 'grant-access' and s.status = 'planned') as "opensAt",
    (select count(*)::int from playbooks_steps s where s.run_id = r.id and s.status in ('asks', 'failed', 'unknown')) as waits
  from playbooks_runs r join people_roster who on who.id = r.person_id join playbooks_versions v on v.id = r.version_id join playbooks_playbooks p on p.id = v.playbook_id
    left join people_roster m on m.id = who.manager_id`;

type LostDay = {
  id: string;
  runId: string;
  what: string;
  cause: string;
  since: string;
  until: string | null;
  words: string | null;
  saidBy: string;
};

async function lostDaysOf(ctx: Context, runIds: string[]): Promise<LostDay[]> {
  if (runIds.length === 0) return [];
  const { rows } = await sql<LostDay>`
    select id, run_id as "runId", what, cause, since, until, words, said_by as "saidBy" from playbooks_lost_days where run_id = any (${runIds}::uuid[]) order by since, what`.execute(
    ctx.db,
  );
  return rows;
}

/** From when to when something lacked; nothing lacks before the first morning, also where that was moved later. */
function lackedIn(ctx: Context, row: Pick<Row, 'startsAt'>, lost: Pick<LostDay, 'since' | 'until'>): Span {
  const [since, startsAt] = [Temporal.Instant.from(lost.since), Temporal.Instant.from(row.startsAt)];
  return {
    from: Temporal.Instant.compare(since, startsAt) < 0 ? startsAt : since,
    to: lost.until ? Temporal.Instant.from(lost.until) : ctx.now,
  };
}

async function withReadiness(ctx: Context, { answers, ...row }: Row & { answers: unknown }, lost: LostDay[]): Promise<JoiningRow> {
  const isUnderWay = row.status === 'running' || row.status === 'paused';
  const readiness = isUnderWay
    ? await readReadiness(ctx, {
        id: row.id,
        person_id: row.personId,
        zone: row.zone,
        place: row.place,
        starts_at: row.startsAt,
        answers,
      })
    : null;
  const kept = readiness && { state: readiness.state, ready: readiness.ready, total: readiness.total, missing: readiness.missing };
  return { ...row, readiness: kept, lostDays: lostIn(ctx, row, lost) };
}

const lostIn = (ctx: Context, row: Row, lost: LostDay[]): number =>
  workingDaysWithin(
    lost.filter((each) => each.runId === row.id).map((each) => lackedIn(ctx, row, each)),
    row.zone,
  );

/** One hire: its steps in time, what is ready and what is not, what the colleague said, what was lost, and the milestones. */
export async function getJoining(ctx: Context, runId: string) {
  const run = joiningOf(await getRun(ctx, runId));
  const { rows } = await sql<Row & { workAddress: string | null; personalAddress: string | null; managerId: string | null }>`
    select j.*, w.work_address as "workAddress", w.personal_address as "personalAddress", w.manager_id as "managerId"
    from (${columns} where r.id = ${runId}) j join people_roster w on w.id = j."personId"`.execute(ctx.db);
  const row = rows[0];
  if (!row || (ctx.reach === 'own' && (ctx.actor.personId === null || row.managerId !== ctx.actor.personId))) throw notFound('hire');
  const lost = await lostDaysOf(ctx, [runId]);
  const steps = await ctx.db
    .selectFrom('playbooks_steps as s')
    .leftJoin('tasks_tasks as t', 't.id', 's.task_id')
    .leftJoin('people_roster as who', 'who.id', 't.assignee_person_id')
    .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
    .select([
      's.id',
      's.key',
      's.kind',
      's.title',
      's.status',
      's.due_at as at',
      's.due_note as note',
      's.words',
      's.task_id as taskId',
      's.done_at as doneAt',
    ])
    .select((e) => e.fn.coalesce('who.name', 'm.name').as('waitsFor'))
    .select((e) => e('s.due_at', '<', run.confirmed_at).as('late'))
    .where('s.run_id', '=', runId)
    .orderBy('s.due_at')
    .orderBy('s.position')
    .execute();
  const { lines, ...readiness } = await readReadiness(ctx, run);
  return {
    ...row,
    lostDays: lostIn(ctx, row, lost),
    readiness,
    lines,
    steps: steps.map((step) => ({ ...step, late: step.late === true })),
    welcome: {
      to: run.credential_to as 'personal' | 'manager' | null,
      openedAt: run.welcome_opened_at,
      given: run.welcome as Given,
    },
    readinessBefore: run.readiness_before as Readiness | null,
    readinessBeforeAt: run.readiness_before_at,
    credentialTo: run.credential_to as 'personal' | 'manager' | null,
    startNote: run.start_note,
    confirmedBy: run.confirmed_by,
    confirmedAt: run.confirmed_at,
    pausedAt: run.paused_at,
    endedAt: run.ended_at,
    planId: run.plan_id,
    lost: lost.map((each) => ({ ...each, days: workingDaysWithin([lackedIn(ctx, row, each)], row.zone) })),
    milestones: await milestonesOfRun(ctx, run),
  };
}
