-- A directory or HR system that pushes people and groups in by SCIM 2.0. What it sent is kept apart from the roster, as it was sent.
create table directory_connections (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  system text not null check (system in ('entra', 'okta', 'other')),
  created_at timestamptz not null,
  created_by text not null,
  last_contact_at timestamptz,
  removed_at timestamptz,
  primary key (organization_id, id)
);
create unique index directory_connections_name on directory_connections (organization_id, lower(name)) where removed_at is null;

create table directory_tokens (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  connection_id uuid not null,
  hash bytea not null unique,
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references directory_connections (organization_id, id)
);
create index directory_tokens_connection on directory_tokens (organization_id, connection_id);

-- A user as the connection wrote it. user_name_key is the user name in small letters: lower() is not leakproof and would not use an index under
-- row-level security. person_id null: nobody of the roster yet; problem says why in words for the lead, and is never answered to the connection.
create table directory_users (
  organization_id uuid not null references identity_organizations,
  id uuid not null,
  connection_id uuid not null,
  person_id uuid,
  external_id text,
  user_name text not null,
  user_name_key text not null,
  active boolean,
  -- The id that the connection gives as the manager's, so that a manager who is pushed later is found.
  manager_ref text,
  resource jsonb not null,
  version int not null default 1,
  problem text,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references directory_connections (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create unique index directory_users_user_name on directory_users (organization_id, connection_id, user_name_key) where deleted_at is null;
create index directory_users_external_id on directory_users (organization_id, connection_id, external_id) where deleted_at is null;
create index directory_users_manager on directory_users (organization_id, connection_id, manager_ref) where deleted_at is null and manager_ref is not null;
create index directory_users_modified on directory_users (organization_id, connection_id, modified_at) where deleted_at is null;
create index directory_users_pages on directory_users (organization_id, connection_id, id) where deleted_at is null;
create unique index directory_users_person on directory_users (organization_id, connection_id, person_id) where deleted_at is null and person_id is not null;

create table directory_groups (
  organization_id uuid not null references identity_organizations,
  id uuid not null,
  connection_id uuid not null,
  external_id text,
  display_name text not null,
  display_name_key text not null,
  resource jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references directory_connections (organization_id, id)
);
create index directory_groups_name on directory_groups (organization_id, connection_id, display_name_key) where deleted_at is null;
create index directory_groups_external_id on directory_groups (organization_id, connection_id, external_id) where deleted_at is null;
create index directory_groups_modified on directory_groups (organization_id, connection_id, modified_at) where deleted_at is null;
create index directory_groups_pages on directory_groups (organization_id, connection_id, id) where deleted_at is null;

-- member_id is a user or a group of the same connection: groups may hold each other, made in any order.
create table directory_members (
  organization_id uuid not null references identity_organizations,
  group_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('User', 'Group')),
  display text,
  primary key (organization_id, group_id, member_id),
  foreign key (organization_id, group_id) references directory_groups (organization_id, id)
);
create index directory_members_member on directory_members (organization_id, member_id);

-- That a connection deactivated or deleted somebody who works here. held: a brake holds it and nobody was touched. open: suspended, and asked.
-- away, leaving: what was answered. ended: restored, or let go without anything having happened. paused_member_id is whose sign-in here this
-- paused; leave_before what their leave of absence was before.
create table directory_suspensions (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  connection_id uuid not null,
  user_id uuid not null,
  person_id uuid not null,
  cause text not null check (cause in ('deactivated', 'deleted')),
  status text not null check (status in ('held', 'open', 'away', 'leaving', 'ended')),
  at timestamptz not null,
  released_at timestamptz,
  release_reason text,
  released_by text,
  task_id uuid,
  paused_member_id uuid,
  leave_before jsonb,
  answered_by text,
  answered_at timestamptz,
  ended_at timestamptz,
  ended_why text,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references directory_connections (organization_id, id),
  foreign key (organization_id, user_id) references directory_users (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, task_id) references tasks_tasks (organization_id, id),
  foreign key (organization_id, paused_member_id) references identity_members (organization_id, id)
);
create unique index directory_suspensions_once on directory_suspensions (organization_id, connection_id, person_id) where status <> 'ended';
create index directory_suspensions_window on directory_suspensions (organization_id, connection_id, at);
create index directory_suspensions_person on directory_suspensions (organization_id, person_id);

call protect_tenant_table('directory_connections', false, true);
call protect_tenant_table('directory_tokens', false, true);
call protect_tenant_table('directory_users');
call protect_tenant_table('directory_groups');
call protect_tenant_table('directory_members');
call protect_tenant_table('directory_suspensions');

-- Whose a push is, before the organization is known. Answers only for the secret that is named.
create function connection_of_push_token(token_hash bytea)
  returns table (organization_id uuid, connection_id uuid, token_id uuid, name text, system text, last_used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select t.organization_id, c.id, t.id, c.name, c.system, t.last_used_at
        from directory_tokens t
        join directory_connections c on c.organization_id = t.organization_id and c.id = t.connection_id and c.removed_at is null
        where t.hash = token_hash and t.revoked_at is null and coalesce(t.organization_id = current_organization(), true) $$;
alter function connection_of_push_token(bytea) owner to groundcrew_lookup;

-- Who in the roster has one of these addresses (small letters), or this employee number. lower() is not leakproof and would be applied row by
-- row under row-level security; here the organization set filters first.
create function people_by_identity(wanted text[], number text) returns table (id uuid, by_number boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, false from people_people p where p.organization_id = current_organization() and p.erased_at is null and lower(p.work_address) = any (wanted)
  union
  select p.id, false from people_people p where p.organization_id = current_organization() and p.erased_at is null and p.aliases <> '{}' and lowered(p.aliases) && wanted
  union
  select p.id, true from people_people p where p.organization_id = current_organization() and p.erased_at is null and lower(p.employee_number) = lower(number) $$;
alter function people_by_identity(text[], text) owner to groundcrew_lookup;
revoke execute on function people_by_identity(text[], text) from public;
grant execute on function people_by_identity(text[], text) to groundcrew_app;
