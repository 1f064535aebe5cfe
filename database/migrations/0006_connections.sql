create table connections_connections (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  app_id uuid not null,
  connector text not null,
  settings jsonb not null default '{}',
  secrets_sealed bytea,
  settling_seconds int,
  sync_every_minutes int,
  next_sync_at timestamptz,
  status text not null default 'new' check (status in ('new', 'healthy', 'failing', 'paused')),
  last_checks jsonb,
  last_ok_at timestamptz,
  last_problem text,
  failing_since timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create unique index connections_connections_app on connections_connections (organization_id, app_id) where removed_at is null;

-- A sync, or a list that was given: how it went, and while it is held what it had read.
create table connections_syncs (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  app_id uuid not null,
  connection_id uuid,
  kind text not null check (kind in ('sync', 'list')),
  status text not null check (status in ('preview', 'queued', 'running', 'held', 'done', 'failed', 'discarded')),
  file_name text,
  mapping jsonb,
  declared_complete boolean not null default false,
  as_of timestamptz,
  counts jsonb not null default '{}',
  notes text[] not null default '{}',
  held_reasons text[] not null default '{}',
  problem text,
  reading_id uuid,
  member_id uuid,
  attempt int not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id),
  foreign key (organization_id, connection_id) references connections_connections (organization_id, id)
);
create index connections_syncs_app on connections_syncs (organization_id, app_id, created_at desc);

create table connections_sync_records (
  organization_id uuid not null references identity_organizations,
  sync_id uuid not null,
  number int not null,
  record jsonb,
  problems jsonb not null default '[]',
  primary key (organization_id, sync_id, number),
  foreign key (organization_id, sync_id) references connections_syncs (organization_id, id) on delete cascade
);

-- The mapping of an app's list, remembered from the last time it was confirmed.
create table connections_list_mappings (
  organization_id uuid not null references identity_organizations,
  app_id uuid not null,
  headings text[] not null,
  mapping jsonb not null,
  confirmed_at timestamptz not null,
  primary key (organization_id, app_id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);

-- The accounts of a simulated app. Only organizations that are samples use them.
create table connections_simulated (
  organization_id uuid not null references identity_organizations,
  connection_id uuid not null,
  external_id text not null,
  record jsonb not null,
  -- What the app shows from pending_at on: a slow app shows a change later than it answers.
  pending jsonb,
  pending_at timestamptz,
  primary key (organization_id, connection_id, external_id),
  foreign key (organization_id, connection_id) references connections_connections (organization_id, id)
);

call protect_tenant_table('connections_connections', false, true);
call protect_tenant_table('connections_syncs', false, true);
call protect_tenant_table('connections_sync_records');
call protect_tenant_table('connections_list_mappings');
call protect_tenant_table('connections_simulated');
