create table people_departments (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  primary key (organization_id, id)
);
create unique index people_departments_name on people_departments (organization_id, lower(name));

create table people_locations (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  time_zone text,
  country text,
  primary key (organization_id, id)
);
create unique index people_locations_name on people_locations (organization_id, lower(name));

create table people_people (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  member_id uuid,
  given_name text not null,
  family_name text,
  preferred_name text,
  employee_number text,
  title text,
  employment_type text,
  department_id uuid,
  location_id uuid,
  time_zone text,
  manager_id uuid,
  cost_centre text,
  country text,
  work_address text,
  personal_address text,
  aliases text[] not null default '{}',
  leave_from date,
  leave_until date,
  source text not null default 'page',
  created_at timestamptz not null,
  erased_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references identity_members (organization_id, id),
  foreign key (organization_id, department_id) references people_departments (organization_id, id),
  foreign key (organization_id, location_id) references people_locations (organization_id, id),
  foreign key (organization_id, manager_id) references people_people (organization_id, id),
  check (manager_id <> id)
);
create unique index people_people_work_address on people_people (organization_id, lower(work_address));
create unique index people_people_number on people_people (organization_id, lower(employee_number));
create unique index people_people_member on people_people (organization_id, member_id);
create index people_people_manager on people_people (organization_id, manager_id);
create index people_people_name on people_people (organization_id, lower(family_name), lower(given_name));
create index people_people_search on people_people using gin ((lower(given_name || ' ' || coalesce(family_name, '') || ' ' || coalesce(preferred_name, '') || ' ' || coalesce(work_address, '') || ' ' || coalesce(employee_number, '') || ' ' || coalesce(title, ''))) gin_trgm_ops);

-- One period of work. A rehire adds a row; the newest (current) one carries the dates in force.
-- left_at is when this period counts as left: the cut-off, else the end of the last working day in the person's zone.
create table people_employments (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  current boolean not null default true,
  start_date date,
  last_working_day date,
  cut_off_local timestamp,
  cut_off_zone text,
  cut_off_at timestamptz,
  legal_end date,
  left_at timestamptz,
  left_reason text,
  -- Who set the leaving dates in force: a list, somebody on the page, or a confirmed exit, which a list does not overrule.
  dates_by text check (dates_by in ('import', 'page', 'exit')),
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create unique index people_employments_current on people_employments (organization_id, person_id) where current;
create index people_employments_left on people_employments (organization_id, left_at) where current;

-- That somebody's leaving is not to be known yet. Before told_at it is hidden from the person, and when sensitive from all but those named.
create table people_concealments (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  told_at timestamptz not null,
  sensitive boolean not null default false,
  named_member_ids uuid[] not null default '{}',
  lifted_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create index people_concealments_person on people_concealments (organization_id, person_id) where lifted_at is null;

create table people_imports (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  file_name text not null,
  file_hash bytea not null,
  headings text[] not null,
  mapping jsonb not null,
  options jsonb not null default '{}',
  notes text[] not null default '{}',
  status text not null check (status in ('preview', 'running', 'held', 'done', 'discarded', 'failed')),
  counts jsonb not null default '{}',
  held_reasons text[] not null default '{}',
  -- What the preview showed, as a hash: what is confirmed is what was seen.
  diff_hash bytea,
  problem text,
  file bytea,
  member_id uuid,
  member_name text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (organization_id, id)
);
create table people_import_rows (
  organization_id uuid not null references identity_organizations,
  import_id uuid not null,
  row_number int not null,
  change text not null check (change in ('new', 'changed', 'unchanged', 'refused', 'missing')),
  person_id uuid,
  name text,
  -- Whose row it says it is, so that people who leave are not shown their own.
  address text,
  record jsonb not null default '{}',
  problems jsonb not null default '[]',
  -- Sets an end, or moves it to an earlier moment.
  ends boolean not null default false,
  question text check (question in ('says-left', 'back-on-list', 'exit-differs')),
  question_words text,
  decision text check (decision in ('left', 'stays')),
  primary key (organization_id, import_id, row_number),
  foreign key (organization_id, import_id) references people_imports (organization_id, id) on delete cascade
);
create index people_import_rows_person on people_import_rows (organization_id, person_id);
create index people_import_rows_change on people_import_rows (organization_id, import_id, change, row_number);

call protect_tenant_table('people_departments');
call protect_tenant_table('people_locations');
call protect_tenant_table('people_people', false, true);
call protect_tenant_table('people_employments', false, true);
call protect_tenant_table('people_concealments', false, true);
call protect_tenant_table('people_imports');
call protect_tenant_table('people_import_rows');
-- Rows by which a list says when a hidden person leaves, or that they left. The others stay: a row that vanished would tell, too.
create policy not_of_hidden_people on people_import_rows as restrictive for select to groundcrew_app
  using (person_id is null or not (person_id = any ((select hidden_people())::uuid[]))
    or not (decision is not distinct from 'left' or record @? '$.changes[*] ? (@.field == "lastWorkingDay" || @.field == "accessCutOff" || @.field == "legalEnd")'));
create policy not_concealed on people_concealments as restrictive to groundcrew_app
  using (not (id = any ((select hidden_concealments())::uuid[]))) with check (true);

-- Opens a transaction for who is named in groundcrew.member: 'system' sees all; a member sees what is told or names them.
-- Reads the organization and the time from the settings; takes no argument, so nobody can ask for another organization.
create function enter_organization() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  viewer text := current_setting('groundcrew.member', true);
  organization uuid := current_organization();
  viewer_person uuid;
  viewer_address text;
  concealments uuid[];
  people uuid[];
begin
  if viewer = 'system' then
    perform set_config('groundcrew.hidden_concealments', '{}', true), set_config('groundcrew.hidden_people', '{}', true), set_config('groundcrew.person', '', true);
    return;
  end if;
  if viewer like 'person:%' then
    viewer_person := substr(viewer, 8)::uuid;
  elsif coalesce(viewer, '') <> '' then
    select p.id into viewer_person from people_people p where p.organization_id = organization and p.member_id = viewer::uuid;
    select lower(m.address) into viewer_address from identity_members m where m.organization_id = organization and m.id = viewer::uuid;
  end if;
  -- What was written under an exit that was called off before it was told stays hidden for good ('infinity'); the person's later dates do not.
  select coalesce(array_agg(c.id), '{}'), coalesce(array_agg(distinct c.person_id) filter (where c.told_at < 'infinity'), '{}') into concealments, people
  from people_concealments c
  where c.organization_id = organization and c.lifted_at is null and c.told_at > groundcrew_now()
    and (c.person_id = viewer_person
      -- A member who is not linked to the person, or a second one of theirs, is told apart by any of the person's addresses.
      or exists (select from people_people p where p.organization_id = organization and p.id = c.person_id
        and (viewer_address in (lower(p.work_address), lower(p.personal_address)) or viewer_address = any (select lower(a) from unnest(p.aliases) a)))
      or (c.sensitive and not (viewer like '________-____-____-____-____________' and viewer::uuid = any (c.named_member_ids))));
  perform set_config('groundcrew.hidden_concealments', concealments::text, true), set_config('groundcrew.hidden_people', people::text, true),
          set_config('groundcrew.person', coalesce(viewer_person::text, ''), true);
end $$;
alter function enter_organization() owner to groundcrew_lookup;

-- The roster as the reader may see it: the dates of a leaving that is hidden from the reader are absent, and the person counts as working.
create view people_roster with (security_invoker = true) as
  select p.organization_id, p.id, p.member_id, p.given_name, p.family_name, p.preferred_name,
    coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, '') as name,
    p.employee_number, p.title, p.employment_type, p.department_id, d.name as department, p.location_id, l.name as location,
    -- The name of the place whose clock the person's times are shown on; null where their zone is not that of their location.
    case when p.time_zone is null or p.time_zone = l.time_zone then l.name end as place,
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
grant select on people_roster to groundcrew_app;

-- Trigram search of people. ILIKE is not leakproof and would be applied after row-level security, row by row; here the organization set filters first.
create function search_people(words text, most int) returns table (id uuid) language sql stable rows 50 security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id from people_people p
  where p.organization_id = current_organization() and p.erased_at is null
    and lower(p.given_name || ' ' || coalesce(p.family_name, '') || ' ' || coalesce(p.preferred_name, '') || ' ' || coalesce(p.work_address, '') || ' ' || coalesce(p.employee_number, '') || ' ' || coalesce(p.title, ''))
      like '%' || replace(replace(replace(lower(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
  limit most $$;
alter function search_people(text, int) owner to groundcrew_lookup;
