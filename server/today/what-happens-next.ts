import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** One thing that will happen, with whose time it is. */
export type Upcoming = {
  key: string;
  at: string;
  zone: string;
  place: string | null;
  kind: 'cut-off' | 'task' | 'retry' | 'start' | 'sync' | 'leave';
  title: string;
  text: string;
  link: string;
};

/** What happens in the next two weeks, soonest first: accesses that close, tasks that fall due, apps that are tried again, people who start. */
export async function whatHappensNext(ctx: Context): Promise<Upcoming[]> {
  const { rows } = await sql<Upcoming>`
    select * from (
      select 'cut ' || run.id as key, run.cut_off_at as at, run.zone, r.place, 'cut-off' as kind, 'Access of ' || r.name || ' closes' as title,
        (select count(*) || case when count(*) = 1 then ' account' else ' accounts' end from access_actions a where a.plan_id = run.plan_id and a.account_id is not null and a.status <> 'withdrawn') ||
        (select case when count(*) = 0 then '.' else ', ' || count(*) || ' by hand.' end from access_actions a where a.plan_id = run.plan_id and a.kind = 'ask' and a.status <> 'withdrawn') as text, '/runs/' || run.id as link
      from playbooks_runs run join people_roster r on r.id = run.person_id where run.moment = 'leaver' and run.status in ('running', 'paused') and run.cut_off_at > groundcrew_now()
      union all
      select 'task ' || t.id, t.due_at, coalesce(w.time_zone, o.time_zone), w.place, 'task', t.title, 'Waits for ' || coalesce(w.name, m.name, 'the owners') || '.', '/tasks/' || t.id
      from tasks_tasks t join identity_organizations o on o.organization_id = t.organization_id left join people_roster w on w.id = t.assignee_person_id left join identity_members m on m.id = t.assignee_member_id
      where t.status = 'open' and t.due_at > groundcrew_now()
      union all
      select 'retry ' || a.id, a.next_at, run.zone, r.place, 'retry', p.name || ' is tried again', 'For ' || r.name || '.', case run.moment when 'leaver' then '/runs/' else '/joining/' end || run.id
      from access_actions a join apps_apps p on p.id = a.app_id join people_roster r on r.id = a.person_id join playbooks_runs run on run.plan_id = a.plan_id
      where a.status in ('did-not-obey', 'retrying') and a.next_at > groundcrew_now()
      union all
      select 'start ' || r.id, coalesce(run.starts_at, (r.start_date::timestamp + interval '9 hours') at time zone r.time_zone), r.time_zone, r.place, 'start', r.name || ' starts', coalesce(r.title, '') || coalesce(' in ' || r.department, ''),
        coalesce('/joining/' || run.id, '/people/' || r.id)
      from people_roster r left join playbooks_runs run on run.person_id = r.id and run.moment <> 'leaver' and run.status in ('running', 'paused') where r.status = 'joining'
      union all
      select 'leave ' || b.id, r.leave_from::timestamp at time zone r.time_zone, r.time_zone, r.place, 'leave', r.name || ' goes on leave', 'Their accounts are suspended then.', '/people/' || r.id
      from access_absences b join people_roster r on r.id = b.person_id where b.status = 'planned' and r.status <> 'left' and r.leave_from::timestamp at time zone r.time_zone > groundcrew_now()
      union all
      select 'return ' || b.id, (r.leave_until + 1)::timestamp at time zone r.time_zone, r.time_zone, r.place, 'leave', r.name || ' comes back', 'Their accounts open again as they were.', '/people/' || r.id
      from access_absences b join people_roster r on r.id = b.person_id where b.status in ('planned', 'away') and (r.leave_until + 1)::timestamp at time zone r.time_zone > groundcrew_now()
        and (r.left_at is null or r.left_at > (r.leave_until + 1)::timestamp at time zone r.time_zone)
    ) n where n.at < groundcrew_now() + interval '14 days' order by n.at limit 30`.execute(ctx.db);
  return rows;
}
