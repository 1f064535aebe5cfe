create table apps_apps (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  capability text,
  owner_person_id uuid,
  deputy_person_id uuid,
  writer text not null default 'manual' check (writer in ('connection', 'group', 'manual', 'outside')),
  writer_app_id uuid,
  writer_entitlement text,
  sign_in boolean not null default false,
  instructions_grant text,
  instructions_revoke text,
  deep_link text check (deep_link ~ '^https?://'),
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, owner_person_id) references people_people (organization_id, id),
  foreign key (organization_id, deputy_person_id) references people_people (organization_id, id),
  foreign key (organization_id, writer_app_id) references apps_apps (organization_id, id)
);
create unique index apps_apps_name on apps_apps (organization_id, lower(name)) where archived_at is null;

-- One observation of an app's accounts: a list that somebody gave, a sync, or a single read-back. Rows of apps_accounts name the newest that saw them.
create table apps_readings (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  app_id uuid not null,
  source text not null check (source in ('list', 'sync', 'read-back', 'person')),
  label text not null,
  as_of timestamptz not null,
  complete boolean not null default false,
  -- Whether the source can tell active from suspended at all. A list without such a column cannot.
  tells_status boolean not null default true,
  counts jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);

create index apps_readings_app on apps_readings (organization_id, app_id, as_of desc);

-- One login in an app. Every observed value is three-valued: null means that no source has said. observed_at and reading_id tell when the account
-- was last seen (or its absence proven), status_observed_at when its status was last said: a list without a status column proves no suspension.
create table apps_accounts (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  app_id uuid not null,
  external_id text not null,
  user_name text,
  address text,
  addresses text[] not null default '{}',
  display_name text,
  given_name text,
  family_name text,
  employee_number text,
  status text check (status in ('active', 'suspended', 'gone')),
  status_observed_at timestamptz,
  is_admin boolean,
  is_service boolean,
  role text,
  last_activity_at timestamptz,
  kind text not null default 'person' check (kind in ('person', 'service')),
  person_id uuid,
  matched_how text check (matched_how in ('address', 'employee-number', 'alias', 'confirmed')),
  suggested_person_id uuid,
  suggested_why text,
  not_person_ids uuid[] not null default '{}',
  service_owner_id uuid,
  observed_at timestamptz not null,
  reading_id uuid not null,
  first_seen_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, suggested_person_id) references people_people (organization_id, id),
  foreign key (organization_id, service_owner_id) references people_people (organization_id, id),
  foreign key (organization_id, reading_id) references apps_readings (organization_id, id)
);
create unique index apps_accounts_external on apps_accounts (organization_id, app_id, external_id);
create index apps_accounts_unmatched on apps_accounts (organization_id, app_id) where person_id is null and kind = 'person';
create index apps_accounts_person on apps_accounts (organization_id, person_id);

create table apps_entitlements (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  app_id uuid not null,
  external_id text not null,
  kind text not null,
  name text not null,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create unique index apps_entitlements_external on apps_entitlements (organization_id, app_id, kind, external_id);

create table apps_grants (
  organization_id uuid not null references identity_organizations,
  account_id uuid not null,
  entitlement_id uuid not null,
  origin text not null default 'discovered' check (origin in ('rule', 'request', 'discovered')),
  observed_at timestamptz not null,
  primary key (organization_id, account_id, entitlement_id),
  foreign key (organization_id, account_id) references apps_accounts (organization_id, id) on delete cascade,
  foreign key (organization_id, entitlement_id) references apps_entitlements (organization_id, id) on delete cascade
);
create index apps_grants_entitlement on apps_grants (organization_id, entitlement_id);

call protect_tenant_table('apps_apps', false, true);
call protect_tenant_table('apps_readings');
call protect_tenant_table('apps_accounts');
call protect_tenant_table('apps_entitlements');
call protect_tenant_table('apps_grants');
