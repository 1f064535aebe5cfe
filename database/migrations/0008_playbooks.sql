create table playbooks_playbooks (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  moment text not null check (moment in ('leaver')),
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name)
);
create table playbooks_versions (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  playbook_id uuid not null,
  version int not null,
  yaml text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, playbook_id, version),
  foreign key (organization_id, playbook_id) references playbooks_playbooks (organization_id, id)
);

-- One person's run of one version. It keeps that version whatever is edited later.
create table playbooks_runs (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  version_id uuid not null,
  person_id uuid not null,
  status text not null check (status in ('running', 'paused', 'done', 'cancelled', 'rescinded')),
  zone text not null,
  last_working_day date,
  cut_off_local timestamp,
  cut_off_at timestamptz not null,
  cut_off_note text,
  told_at timestamptz not null,
  legal_end date,
  sensitive boolean not null default false,
  reason text,
  manager_person_id uuid,
  answers jsonb not null default '{}',
  plan_id uuid,
  concealment_id uuid,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  told_processed_at timestamptz,
  attempted_at timestamptz,
  paused_at timestamptz,
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, version_id) references playbooks_versions (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, plan_id) references access_plans (organization_id, id)
);
create unique index playbooks_runs_open on playbooks_runs (organization_id, person_id) where status in ('running', 'paused');

create table playbooks_steps (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  run_id uuid not null,
  key text not null,
  position int not null,
  kind text not null,
  title text not null,
  definition jsonb not null,
  due_at timestamptz,
  due_note text,
  next_at timestamptz,
  lease_until timestamptz,
  status text not null check (status in ('planned', 'working', 'waiting', 'asks', 'done', 'refused', 'skipped', 'failed', 'unknown', 'overridden', 'cancelled')),
  attempts int not null default 0,
  task_id uuid,
  result jsonb,
  words text,
  decided_by text,
  decided_reason text,
  started_at timestamptz,
  done_at timestamptz,
  concealment_id uuid,
  primary key (organization_id, id),
  unique (organization_id, run_id, key),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id)
);
create index playbooks_steps_next on playbooks_steps (next_at) where status in ('planned', 'working', 'waiting') and next_at is not null;

-- What the leaver was responsible for, and to whom it fell. Provisional at the cut-off, settled when somebody confirms.
create table playbooks_handovers (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  run_id uuid not null,
  object_kind text not null,
  object_id uuid not null,
  label text not null,
  to_person_id uuid,
  chosen_by text,
  chosen_at timestamptz,
  provisional boolean not null default true,
  moved_at timestamptz,
  status text not null check (status in ('open', 'moved', 'confirmed', 'overridden', 'withdrawn')),
  decided_reason text,
  concealment_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, run_id, object_kind, object_id),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id),
  foreign key (organization_id, to_person_id) references people_people (organization_id, id)
);

-- The proof of a run, section by section, and its signed documents as they were issued.
create table playbooks_proofs (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  run_id uuid not null unique,
  status text not null check (status in ('open', 'closed')),
  reopened_at timestamptz,
  reopened_reason text,
  closed_at timestamptz,
  concealment_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, run_id) references playbooks_runs (organization_id, id)
);
create table playbooks_proof_signatures (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  proof_id uuid not null,
  section text not null check (section in ('access', 'ownership')),
  signed_by text not null,
  signed_by_member_id uuid,
  signed_at timestamptz not null,
  lines_hash bytea not null,
  key_fingerprint text not null,
  void_at timestamptz,
  void_reason text,
  concealment_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, proof_id) references playbooks_proofs (organization_id, id)
);

call protect_tenant_table('playbooks_playbooks');
call protect_tenant_table('playbooks_versions');
call protect_tenant_table('playbooks_runs', true, true);
call protect_tenant_table('playbooks_steps', true, true);
call protect_tenant_table('playbooks_handovers', true);
call protect_tenant_table('playbooks_proofs', true);
call protect_tenant_table('playbooks_proof_signatures', true);

-- Which organizations have something due. Tells ids only; the work itself runs as each organization.
create function due_organizations(at timestamptz) returns table (organization_id uuid, what text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct s.organization_id, 'steps' from playbooks_steps s where s.status in ('planned', 'working', 'waiting') and s.next_at <= at
  union all select distinct a.organization_id, 'actions' from access_actions a where a.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and a.next_at <= at
  union all select distinct t.organization_id, 'tasks' from tasks_tasks t where t.status = 'open' and least(coalesce(t.remind_at, 'infinity'), coalesce(t.escalate_at, 'infinity')) <= at
  union all select distinct m.organization_id, 'mail' from platform_mail m where m.status in ('queued', 'sending') and m.due_at <= at
  union all select distinct c.organization_id, 'syncs' from connections_connections c where c.removed_at is null and c.status <> 'paused' and c.next_sync_at <= at
$$;
alter function due_organizations(timestamptz) owner to groundcrew_lookup;
revoke execute on function due_organizations(timestamptz) from public;
grant execute on function due_organizations(timestamptz) to groundcrew_jobs;
create function next_due() returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select least(
    (select min(s.next_at) from playbooks_steps s where s.status in ('planned', 'working', 'waiting') and s.next_at is not null),
    (select min(a.next_at) from access_actions a where a.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and a.next_at is not null)) $$;
alter function next_due() owner to groundcrew_lookup;
revoke execute on function next_due() from public;
grant execute on function next_due() to groundcrew_jobs;
