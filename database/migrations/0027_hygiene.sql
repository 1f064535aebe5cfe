-- What is taken away because a hygiene list showed it: a plan as any other. An account of nobody has no person.
alter table access_plans drop constraint access_plans_purpose_check;
alter table access_plans add constraint access_plans_purpose_check
  check (purpose in ('leave', 'restore', 'gap', 'absence', 'join', 'undo', 'data', 'hygiene'));
alter table access_actions drop constraint access_actions_kind_check;
alter table access_actions add constraint access_actions_kind_check
  check (kind in ('create-account', 'suspend', 'restore', 'revoke-entitlement', 'grant-entitlement', 'ask', 'watch',
    'end-sessions', 'reset-password', 'reset-second-factor', 'hand-over-files', 'forward-mail', 'set-auto-reply', 'share-mailbox', 'release-calendars',
    'rotate-secret', 'take-over', 'take-licence', 'delete-account', 'revoke-app-grant'));
alter table access_actions alter column person_id drop not null;

-- What programs of others may do in the name of accounts, as whole syncs read it.
create table apps_app_grants (
  organization_id uuid not null references identity_organizations,
  account_id uuid not null,
  app_id uuid not null,
  program text not null,
  name text not null,
  scopes text[] not null default '{}',
  granted_at timestamptz,
  last_used_at timestamptz,
  observed_at timestamptz not null,
  primary key (organization_id, account_id, program),
  foreign key (organization_id, account_id) references apps_accounts (organization_id, id) on delete cascade,
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create index apps_app_grants_program on apps_app_grants (organization_id, app_id, program);

-- When the app grants of an app were last read, and whether to their end. problem: why not.
create table apps_app_grant_readings (
  organization_id uuid not null references identity_organizations,
  app_id uuid not null,
  as_of timestamptz not null,
  complete boolean not null,
  whole_at timestamptz,
  problem text,
  primary key (organization_id, app_id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);

-- Since when something stands on a hygiene list, and when it was gone from it. subject: the account, the app, or the app and the program.
create table hygiene_findings (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  kind text not null,
  subject text not null,
  app_id uuid not null,
  first_seen_at timestamptz not null,
  cleared_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create unique index hygiene_findings_open on hygiene_findings (organization_id, kind, subject) where cleared_at is null;
create index hygiene_findings_cleared on hygiene_findings (organization_id, cleared_at) where cleared_at is not null;

-- Something that stays as it is, because somebody said why and until when.
create table hygiene_exceptions (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  kind text not null,
  subject text not null,
  app_id uuid not null,
  reason text not null,
  until timestamptz not null,
  decided_by text not null,
  decided_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);
create unique index hygiene_exceptions_once on hygiene_exceptions (organization_id, kind, subject) where withdrawn_at is null;

-- When the lists were last gone through.
create table hygiene_looks (
  organization_id uuid primary key references identity_organizations,
  looked_at timestamptz not null
);

-- The address at which a vendor says that something changed. It carries no facts: it only brings the next sync forward.
create table connections_hooks (
  organization_id uuid not null references identity_organizations,
  connection_id uuid not null,
  -- The last part of the address, which nobody can guess.
  key text not null,
  secret_sealed bytea,
  -- What the vendor calls our subscription where we ask it for one, and when that ends.
  subscription text,
  subscription_ends_at timestamptz,
  renew_at timestamptz,
  last_heard_at timestamptz,
  problem text,
  created_at timestamptz not null,
  primary key (organization_id, connection_id),
  foreign key (organization_id, connection_id) references connections_connections (organization_id, id)
);

call protect_tenant_table('apps_app_grants');
call protect_tenant_table('apps_app_grant_readings');
call protect_tenant_table('hygiene_findings');
call protect_tenant_table('hygiene_exceptions');
call protect_tenant_table('hygiene_looks');
call protect_tenant_table('connections_hooks', false, true);

create unique index connections_hooks_key on connections_hooks (key);

-- Whose connection a vendor speaks to, before the organization is known. Answers only for the key that is named.
create function connection_of_hook(hook_key text)
  returns table (organization_id uuid, connection_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select h.organization_id, h.connection_id from connections_hooks h
        join connections_connections c on c.organization_id = h.organization_id and c.id = h.connection_id and c.removed_at is null
        where h.key = hook_key and coalesce(h.organization_id = current_organization(), true) $$;
alter function connection_of_hook(text) owner to groundcrew_lookup;
