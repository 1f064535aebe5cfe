alter table playbooks_playbooks drop constraint playbooks_playbooks_moment_check;
alter table playbooks_playbooks add constraint playbooks_playbooks_moment_check check (moment in ('leaver', 'joiner', 'contractor'));
alter table playbooks_versions add column made_by text;
alter table playbooks_versions add column note text;

-- A run is of somebody who leaves or of somebody who joins. Each has its own dates.
alter table playbooks_runs add column moment text not null default 'leaver' check (moment in ('leaver', 'joiner', 'contractor'));
alter table playbooks_runs alter column cut_off_at drop not null;
alter table playbooks_runs alter column told_at drop not null;
alter table playbooks_runs add constraint playbooks_runs_leaver check (moment <> 'leaver' or (cut_off_at is not null and told_at is not null));
alter table playbooks_runs add column start_on date;
-- The first morning: an instant from a local time in the person's own zone.
alter table playbooks_runs add column start_local timestamp;
alter table playbooks_runs add column starts_at timestamptz;
alter table playbooks_runs add column start_note text;
alter table playbooks_runs add constraint playbooks_runs_joiner check (moment = 'leaver' or (start_on is not null and starts_at is not null));
-- Who gets the first credential: the colleague at the personal address, or their manager.
alter table playbooks_runs add column credential_to text check (credential_to in ('personal', 'manager'));
alter table playbooks_runs add column like_person_id uuid;
alter table playbooks_runs add column outcome text check (outcome in ('joined', 'no-show'));
-- What the new colleague said before the first day (name, address for things that are sent, keyboard) and on the first morning.
alter table playbooks_runs add column welcome jsonb not null default '{}';
alter table playbooks_runs add column welcome_link_hash bytea;
alter table playbooks_runs add column welcome_opened_at timestamptz;
-- Counts the invitations: a new one ends those before.
alter table playbooks_runs add column welcome_number int not null default 1;
-- When the first password was chosen with this invitation: it can be done once.
alter table playbooks_runs add column credential_used_at timestamptz;
alter table playbooks_runs add column first_morning text check (first_morning in ('everything', 'something-missing'));
alter table playbooks_runs add column first_morning_at timestamptz;
-- Readiness as it was the day before, so that it can be compared with the first morning.
alter table playbooks_runs add column readiness_before jsonb;
alter table playbooks_runs add column readiness_before_at timestamptz;
drop index playbooks_runs_open;
create unique index playbooks_runs_open on playbooks_runs (organization_id, person_id, (moment = 'leaver')) where status in ('running', 'paused');
create unique index playbooks_runs_welcome on playbooks_runs (welcome_link_hash) where welcome_link_hash is not null;

-- What was not there on the first morning, by cause, from then until it was.
create table playbooks_lost_days (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  run_id uuid not null,
  what text not null,
  cause text not null check (cause in ('account', 'role', 'licence', 'device', 'sign-in', 'policy', 'other')),
  app_id uuid,
  said_by text not null,
  words text,
  since timestamptz not null,
  until timestamptz,
  task_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create index playbooks_lost_days_run on playbooks_lost_days (organization_id, run_id);

-- By when somebody of a role does what shows that they have arrived ("first ticket answered").
create table playbooks_milestones (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  -- CEL over the person; 'true' for everybody.
  condition_text text not null default 'true',
  target_days int not null check (target_days between 0 and 365),
  position int not null default 0,
  archived_at timestamptz,
  primary key (organization_id, id)
);
create unique index playbooks_milestones_name on playbooks_milestones (organization_id, lower(name)) where archived_at is null;
create table playbooks_milestones_reached (
  organization_id uuid not null references identity_organizations,
  run_id uuid not null,
  milestone_id uuid not null,
  reached_on date not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  primary key (organization_id, run_id, milestone_id),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id),
  foreign key (organization_id, milestone_id) references playbooks_milestones (organization_id, id)
);

call protect_tenant_table('playbooks_lost_days');
call protect_tenant_table('playbooks_milestones');
call protect_tenant_table('playbooks_milestones_reached');

-- Which organization and run a welcome link is of; asked before any organization is known.
create function lookup_welcome_link(hash bytea) returns table (organization_id uuid, run_id uuid, person_id uuid, person text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.organization_id, r.id, r.person_id, coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, '')
  from playbooks_runs r join people_people p on p.organization_id = r.organization_id and p.id = r.person_id
  where r.welcome_link_hash = hash and coalesce(r.organization_id = current_organization(), true) $$;
alter function lookup_welcome_link(bytea) owner to groundcrew_lookup;
revoke execute on function lookup_welcome_link(bytea) from public;
grant execute on function lookup_welcome_link(bytea) to groundcrew_app;
