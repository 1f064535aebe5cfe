import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** One thing that waits for the reader, the most urgent first. `link` is the page where it is settled. */
export type Need = {
  key: string;
  urgency: number;
  title: string;
  text: string;
  link: string;
  verb: string;
  since: string | null;
  due: string | null;
};

/** What waits for the people who run operations. Each entry is true now, and goes away by itself when it is settled. */
export async function whatNeedsYou(ctx: Context): Promise<Need[]> {
  const { rows } = await sql<Need>`
    select 'action ' || a.id as key, 0 as urgency, p.name || ' still lets ' || r.name || ' in.' as title,
      coalesce(a.problem, '') || ' Read ' || a.reads || ' times; it is tried again by itself.' as text, '/runs/' || run.id as link, 'Open the run' as verb, a.first_attempt_at as since, null::timestamptz as due
    from access_actions a join apps_apps p on p.id = a.app_id join people_roster r on r.id = a.person_id join playbooks_runs run on run.plan_id = a.plan_id and run.moment = 'leaver'
    where a.status = 'did-not-obey'
    union all
    select 'leave ' || b.id || p.id, 1, p.name || ' did not do what it answered.', 'For the leave of ' || r.name || '. It is tried again by itself.', '/people/' || r.id, 'Look at it', min(a.first_attempt_at), null
    from access_absences b join access_actions a on a.plan_id in (b.plan_id, b.return_plan_id) join apps_apps p on p.id = a.app_id join people_roster r on r.id = b.person_id
    where b.status in ('away', 'returning') and a.status = 'did-not-obey' group by b.id, p.id, p.name, r.id, r.name
    union all
    select 'late ' || a.id, 1, p.name || ' does not answer.', r.name || ' has left. ' || coalesce(a.problem, '') || ' It is tried again by itself, and its owner has been asked.', '/runs/' || run.id, 'Open the run', a.first_attempt_at, null
    from access_actions a join apps_apps p on p.id = a.app_id join people_roster r on r.id = a.person_id join playbooks_runs run on run.plan_id = a.plan_id and run.moment = 'leaver'
    where a.status = 'retrying' and a.escalated_at is not null
    union all
    select 'step ' || s.id, 1, s.title || ': somebody has to decide.', r.name || '. ' || coalesce(s.words, ''), case run.moment when 'leaver' then '/runs/' else '/joining/' end || s.run_id, 'Decide', s.started_at, null
    from playbooks_steps s join playbooks_runs run on run.id = s.run_id join people_roster r on r.id = run.person_id
    where s.status in ('asks', 'failed', 'unknown') and run.status in ('running', 'paused')
    union all
    select 'reopened ' || pr.id, 0, 'The proof for ' || r.name || ' is open again.', coalesce(pr.reopened_reason, ''), '/runs/' || run.id, 'Open the run', pr.reopened_at, null
    from playbooks_proofs pr join playbooks_runs run on run.id = pr.run_id join people_roster r on r.id = run.person_id
    where pr.status = 'open' and pr.reopened_at is not null
      and exists (select from access_actions a where a.plan_id = run.plan_id and a.status not in ('verified', 'evidenced', 'overridden', 'withdrawn'))
    union all
    select 'open ' || run.id, 2, 'The exit of ' || r.name || ' is not closed.', 'Nobody has shown yet that access is closed in ' || string_agg(distinct p.name, ', ') || '.', '/runs/' || run.id, 'Open the run', run.cut_off_at, null
    from access_actions a join apps_apps p on p.id = a.app_id join people_roster r on r.id = a.person_id join playbooks_runs run on run.plan_id = a.plan_id and run.moment = 'leaver'
    where a.status in ('asked', 'unknown') and run.status in ('running', 'paused') and run.cut_off_at < groundcrew_now() group by run.id, r.name, run.cut_off_at
    union all
    select 'task ' || t.id, 1, t.title || ': overdue.', 'Asked of ' || coalesce(w.name, m.name, 'nobody any more') || coalesce('. ' || t.fallback, '.'), '/tasks/' || t.id, 'Open the task', t.created_at, t.due_at
    from tasks_tasks t left join people_roster w on w.id = t.assignee_person_id left join identity_members m on m.id = t.assignee_member_id
    where t.status = 'open' and t.due_at < groundcrew_now()
    union all
    select 'heir ' || h.run_id, 2, 'Who takes over from ' || r.name || '?', count(*) || ' ' || case when count(*) = 1 then 'thing has' else 'things have' end || ' nobody to fall to.', '/runs/' || h.run_id, 'Choose', min(h.created_at), null
    from playbooks_handovers h join playbooks_runs run on run.id = h.run_id join people_roster r on r.id = run.person_id
    where h.status = 'open' and run.cut_off_at <= groundcrew_now() and run.status in ('running', 'paused') group by h.run_id, r.name
    union all
    select 'lost ' || l.run_id, 0, 'Missing for ' || r.name || ': ' || string_agg(l.what, ', ' order by l.since, l.what) || '.', 'Whoever can mend it has been asked. Their lost time is counted.', '/joining/' || l.run_id, 'Open the hire', min(l.since), null
    from playbooks_lost_days l join playbooks_runs run on run.id = l.run_id join people_roster r on r.id = run.person_id
    where l.until is null and run.status in ('running', 'paused', 'done') group by l.run_id, r.name
    union all
    select 'not ready ' || run.id, 1, r.name || ' is not ready for the first morning.', 'Missing: ' || (select string_agg(m->>'what', ', ') from jsonb_array_elements(run.readiness_before->'missing') m) || '.', '/joining/' || run.id, 'Look what is missing', run.readiness_before_at, run.starts_at
    from playbooks_runs run join people_roster r on r.id = run.person_id
    where run.status in ('running', 'paused') and run.readiness_before->>'state' in ('not-ready', 'unknown') and run.starts_at > groundcrew_now()
    union all
    select 'plan ' || pl.id, 1, 'A change of access is held.', array_to_string(pl.held_reasons, ' ') || ' Nothing was changed.', '/access-rules/plans/' || pl.id, 'Look at it', pl.created_at, null
    from access_plans pl where pl.status = 'held'
    union all
    select 'given ' || a.plan_id || p.id, 2, p.name || ' did not do what it answered.', 'For ' || string_agg(distinct r.name, ', ') || '. It is tried again by itself.', '/access-rules/plans/' || a.plan_id, 'Look at it', min(a.first_attempt_at), null
    from access_actions a join apps_apps p on p.id = a.app_id join people_roster r on r.id = a.person_id join access_plans pl on pl.id = a.plan_id
    where a.status = 'did-not-obey' and pl.purpose in ('gap', 'join', 'undo') group by a.plan_id, p.id, p.name
    union all
    select 'import ' || i.id, 1, 'The people list ' || i.file_name || ' is held.', array_to_string(i.held_reasons, ' '), '/people/imports/' || i.id, 'Look at it', i.created_at, null
    from people_imports i where i.status = 'held'
    union all
    select 'sync ' || s.id, 1, 'The reading of ' || p.name || ' is held.', array_to_string(s.held_reasons, ' ') || ' Nothing was changed.', '/apps/' || p.id, 'Look at it', s.created_at, null
    from connections_syncs s join apps_apps p on p.id = s.app_id where s.status = 'held'
    union all
    select 'missing ' || i.id, 2, count(*) || ' ' || case when count(*) = 1 then 'person is' else 'people are' end || ' on your list no more. Left?', 'Nobody was ended. Confirm one by one or together.', '/people/imports/' || i.id, 'Look at them', max(i.finished_at), null
    from people_imports i join people_import_rows w on w.import_id = i.id
    where w.change = 'missing' and w.decision is null and i.status = 'done'
      and i.id = (select id from people_imports where status = 'done' and (options->>'declaredComplete')::boolean order by finished_at desc, id desc limit 1)
    group by i.id
    union all
    select 'directory held ' || c.id, 1, c.name || ' wants to take out ' || count(*) || ' people.', 'It is held, and nobody was touched. See their names, then release them or let it go.', '/directory/' || c.id, 'Look at them', min(s.at), null
    from directory_suspensions s join directory_connections c on c.id = s.connection_id where s.status = 'held' group by c.id, c.name
    union all
    select 'directory asked ' || s.id, 1, c.name || ' ' || s.cause || ' ' || r.name || '.', 'Leaving, leave of absence, or a mistake? Until somebody says, their accounts are suspended as for a leave.', '/directory/' || c.id, 'Answer', s.at, null
    from directory_suspensions s join directory_connections c on c.id = s.connection_id join people_roster r on r.id = s.person_id
    where s.status = 'open' and s.person_id::text is distinct from nullif(current_setting('groundcrew.person', true), '')
    union all
    select 'connection ' || c.id, 2, p.name || ' cannot be read.', coalesce(c.last_problem, ''), '/connections/' || c.id, 'Look at it', c.failing_since, null
    from connections_connections c join apps_apps p on p.id = c.app_id where c.removed_at is null and c.status = 'failing'
    union all
    select 'sign ' || run.id, 3, 'The proof for ' || r.name || ' can be signed.', 'Every line is settled.', '/runs/' || run.id, 'Sign it', run.attempted_at, null
    from playbooks_proofs pr join playbooks_runs run on run.id = pr.run_id join people_roster r on r.id = run.person_id
    where pr.status = 'open' and run.attempted_at is not null and run.status in ('running', 'paused')
      and not exists (select from access_actions a where a.plan_id = run.plan_id and a.status not in ('verified', 'evidenced', 'overridden', 'withdrawn', 'unknown'))
      and not exists (select from playbooks_handovers h where h.run_id = run.id and h.status in ('open', 'moved'))
    order by urgency, since nulls last limit 50`.execute(ctx.db);
  return rows;
}
