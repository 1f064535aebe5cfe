-- A people list also asks about who is under notice without a day, and about an end that it does not give any more.
alter table people_import_rows drop constraint people_import_rows_question_check,
  add constraint people_import_rows_question_check check (question in ('says-left', 'back-on-list', 'exit-differs', 'says-leaving', 'end-withdrawn'));

-- The roster as the reader may see it: the dates of a leaving that is hidden from the reader are absent, and the person counts as working.
create or replace view people_roster with (security_invoker = true) as
  select p.organization_id, p.id, p.member_id, p.given_name, p.family_name, p.preferred_name,
    coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, '') as name,
    p.employee_number, p.title, p.employment_type, p.department_id, d.name as department, p.location_id, l.name as location,
    -- The name of the place whose clock the person's times are shown on; null where their zone is not that of their location, or the location has none.
    case when l.time_zone is not null and (p.time_zone is null or p.time_zone = l.time_zone) then l.name end as place,
    coalesce(p.time_zone, l.time_zone, o.time_zone) as time_zone, coalesce(p.country, l.country) as country, p.manager_id, p.cost_centre, p.work_address, p.personal_address, p.aliases,
    p.leave_from, p.leave_until, p.source, p.created_at, p.erased_at, e.id as employment_id, e.start_date,
    case when h.hidden then null else e.last_working_day end as last_working_day,
    case when h.hidden then null else e.cut_off_local end as cut_off_local,
    case when h.hidden then null else e.cut_off_zone end as cut_off_zone,
    case when h.hidden then null else e.cut_off_at end as cut_off_at,
    case when h.hidden then null else e.legal_end end as legal_end,
    case when h.hidden then null else e.left_at end as left_at,
    case when h.hidden then null else e.left_reason end as left_reason,
    case when h.hidden then null else e.dates_by end as dates_by,
    -- Days are compared with the earliest day on earth first: most rows then need no clock of their own. Subselects are computed once.
    case
      when not h.hidden and e.left_at <= (select groundcrew_now()) then 'left'
      when e.start_date > (select (groundcrew_now() at time zone 'UTC' - interval '12 hours')::date)
        and e.start_date > ((select groundcrew_now()) at time zone coalesce(p.time_zone, l.time_zone, o.time_zone))::date then 'joining'
      when not h.hidden and e.left_at is not null then 'leaving'
      when p.leave_from <= ((select groundcrew_now()) at time zone coalesce(p.time_zone, l.time_zone, o.time_zone))::date
        and (p.leave_until is null or p.leave_until >= ((select groundcrew_now()) at time zone coalesce(p.time_zone, l.time_zone, o.time_zone))::date) then 'away'
      else 'working'
    end as status
  from people_people p
  join identity_organizations o on o.organization_id = p.organization_id
  cross join lateral (select p.id = any ((select hidden_people())::uuid[]) as hidden) h
  left join people_employments e on e.organization_id = p.organization_id and e.person_id = p.id and e.current
  left join people_departments d on d.organization_id = p.organization_id and d.id = p.department_id
  left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id;
