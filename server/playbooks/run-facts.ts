import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** What conditions and placeholders of a run read: the person, the exit or the hire, and the answers so far. Unknown is null or absent. */
export async function runFacts(
  ctx: Context,
  run: {
    id: string;
    person_id: string;
    plan_id: string | null;
    moment: string;
    sensitive: boolean;
    cut_off_at: string | null;
    confirmed_at: string;
    start_on: string | null;
    last_working_day: string | null;
    credential_to: string | null;
    zone: string;
    answers: unknown;
  },
) {
  const { rows } = await sql<{
    department: string | null;
    location: string | null;
    country: string | null;
    title: string | null;
    employment_type: string | null;
    cost_centre: string | null;
    reports: number;
    away: boolean;
    accounts: number;
    ownerships: number;
    rehire: boolean;
    late: boolean;
    mail: boolean;
    meetings: boolean;
    licences: boolean;
  }>`
    select r.department, r.location, r.country, r.title, r.employment_type, r.cost_centre,
      (select count(*)::int from people_people m where m.manager_id = r.id) as reports,
      coalesce(r.leave_from <= groundcrew_now()::date and (r.leave_until is null or r.leave_until >= groundcrew_now()::date), false) as away,
      (select count(*)::int from access_actions a where a.plan_id = ${run.plan_id} and a.account_id is not null) as accounts,
      (select count(*)::int from playbooks_handovers h where h.run_id = ${run.id} and h.status <> 'withdrawn') as ownerships,
      exists (select from tasks_tasks t where t.about_kind = 'data' and t.about_id = ${run.id} and t.options @> '[{"key": "mail"}]') as mail,
      exists (select from tasks_tasks t where t.about_kind = 'data' and t.about_id = ${run.id} and t.options @> '[{"key": "meetings"}]') as meetings,
      exists (select from access_actions l join playbooks_runs own on own.data_plan_id = l.plan_id where own.id = ${run.id} and l.kind = 'take-licence') as licences,
      exists (select from people_employments e where e.person_id = r.id and not e.current) as rehire,
      exists (select from playbooks_steps s where s.run_id = ${run.id} and s.due_at < ${run.confirmed_at}) as late
    from people_roster r where r.id = ${run.person_id}`.execute(ctx.db);
  const row = rows[0]!;
  return {
    person: {
      department: row.department,
      location: row.location,
      country: row.country,
      title: row.title,
      employmentType: row.employment_type,
      costCentre: row.cost_centre,
      directReports: row.reports,
      onLeave: row.away,
    },
    joining: run.start_on
      ? {
          ends: run.last_working_day !== null,
          late: row.late,
          rehire: row.rehire,
          credentialTo: run.credential_to,
          daysUntilStart: ctx.now.toZonedDateTimeISO(run.zone).toPlainDate().until(run.start_on).days,
        }
      : null,
    leaving: {
      now: run.cut_off_at === run.confirmed_at,
      sensitive: run.sensitive,
      accounts: row.accounts,
      ownerships: row.ownerships,
      mail: row.mail,
      meetings: row.meetings,
      licences: row.licences,
    },
    answers: run.answers as Record<string, unknown>,
  };
}
