-- Who inherits the data of somebody who leaves, how long it is kept, and what may not be deleted.

-- A question in several parts, answered at once.
alter table tasks_tasks drop constraint tasks_tasks_answer_kind_check;
alter table tasks_tasks add constraint tasks_tasks_answer_kind_check check (answer_kind in ('yes-no', 'choice', 'person', 'text', 'date', 'form'));

alter table access_actions drop constraint access_actions_kind_check;
alter table access_actions add constraint access_actions_kind_check
  check (kind in ('create-account', 'suspend', 'restore', 'revoke-entitlement', 'grant-entitlement', 'ask', 'watch',
    'end-sessions', 'reset-password', 'reset-second-factor', 'revoke-app-grant', 'hand-over-files', 'forward-mail', 'set-auto-reply', 'share-mailbox', 'end-mail',
    'release-calendars', 'rotate-secret', 'list-owned', 'take-over', 'take-licence', 'delete-account'));
-- The app lets nobody do it once the account is suspended: it is tried immediately before, within a bound.
alter table access_actions add column while_open boolean not null default false;
-- Who approved what cannot be undone.
alter table access_actions add column approved_by text, add column approved_at timestamptz;

-- How many days after the cut-off accounts are kept before somebody is asked whether they may be deleted. No app: for all that have no row of their own.
create table access_retentions (
  organization_id uuid not null references identity_organizations,
  app_id uuid,
  days int not null check (days between 0 and 3650),
  changed_by text not null,
  changed_at timestamptz not null,
  unique nulls not distinct (organization_id, app_id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
call protect_tenant_table('access_retentions');

-- While one is not lifted, nothing of the person is deleted or erased and no licence is taken.
create table people_legal_holds (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  lifted_reason text,
  concealment_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create unique index people_legal_holds_one on people_legal_holds (organization_id, person_id) where lifted_at is null;
call protect_tenant_table('people_legal_holds', true);

-- What was decided about one part of the data. `because`: who decided it, or that nobody answered in time.
create table playbooks_data_wishes (
  organization_id uuid not null references identity_organizations,
  run_id uuid not null,
  topic text not null check (topic in ('files', 'mail', 'meetings', 'automations')),
  choice text not null,
  to_person_id uuid,
  text text,
  until_on date,
  because text not null,
  decided_by text,
  decided_at timestamptz not null,
  concealment_id uuid,
  primary key (organization_id, run_id, topic),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id),
  foreign key (organization_id, to_person_id) references people_people (organization_id, id)
);
call protect_tenant_table('playbooks_data_wishes', true);
-- The question about the data and when it falls to what is said in it. null: nothing waits.
alter table playbooks_runs add column data_task_id uuid, add column data_due_at timestamptz;

create or replace function due_organizations(at timestamptz) returns table (organization_id uuid, what text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct s.organization_id, 'steps' from playbooks_steps s where s.status in ('planned', 'working', 'waiting') and s.next_at <= at
  union select distinct r.organization_id, 'steps' from playbooks_runs r where r.data_due_at <= at
  union all select distinct a.organization_id, 'actions' from access_actions a where a.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and a.next_at <= at
  union all select distinct t.organization_id, 'tasks' from tasks_tasks t where t.status = 'open' and least(coalesce(t.remind_at, 'infinity'), coalesce(t.escalate_at, 'infinity')) <= at
  union all select distinct m.organization_id, 'mail' from platform_mail m where m.status in ('queued', 'sending') and m.due_at <= at
  union all select distinct c.organization_id, 'syncs' from connections_connections c where c.removed_at is null and c.status <> 'paused' and c.next_sync_at <= at
$$;
