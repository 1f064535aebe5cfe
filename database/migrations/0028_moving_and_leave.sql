-- So many days somebody keeps what a rule gave after they have changed so that it means them no more.
alter table access_rules add column grace_days int not null default 0 check (grace_days between 0 and 365);
alter table access_rule_versions add column grace_days int not null default 0;

-- When a person was last evaluated: changes of them since then are why a rule means them no more.
alter table access_evaluated add column evaluated_at timestamptz;

-- A change of department, title, manager, location or employment type of somebody who works here, whoever made it: page, list or directory.
create table people_moves (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  at timestamptz not null,
  fields text[] not null,
  -- [{ field, from, to }]: names as they were; a manager by their id.
  changes jsonb not null,
  made_by text,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create index people_moves_person on people_moves (organization_id, person_id, at);
call protect_tenant_table('people_moves');

-- A rule that means somebody no more because they changed: what it gave is kept for its days of grace, counted from ceased_at in this zone.
create table access_grace (
  organization_id uuid not null references identity_organizations,
  person_id uuid not null,
  rule_id uuid not null,
  ceased_at timestamptz not null,
  zone text not null,
  facts text[] not null,
  primary key (organization_id, person_id, rule_id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, rule_id) references access_rules (organization_id, id) on delete cascade
);
call protect_tenant_table('access_grace');

-- A leave of absence for which accounts are suspended. Its days are those of the person; held: what their accounts were and had when it began.
create table access_absences (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  employment_id uuid,
  status text not null check (status in ('planned', 'away', 'returning', 'over', 'cancelled', 'left')),
  keep_app_ids uuid[] not null default '{}',
  held jsonb not null default '[]',
  plan_id uuid,
  return_plan_id uuid,
  began_at timestamptz,
  returned_at timestamptz,
  made_by text,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, plan_id) references access_plans (organization_id, id),
  foreign key (organization_id, return_plan_id) references access_plans (organization_id, id)
);
create unique index access_absences_open on access_absences (organization_id, person_id) where status in ('planned', 'away', 'returning');
call protect_tenant_table('access_absences');
