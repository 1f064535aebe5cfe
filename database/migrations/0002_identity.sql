create table identity_organizations (
  organization_id uuid primary key default uuidv7(),
  name text not null,
  sample boolean not null default false,
  time_zone text not null default 'UTC',
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

-- A person's standing in one organization. user_id is Better Auth's; the person record, where there is one, points here.
create table identity_members (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  user_id text,
  name text not null,
  address text not null,
  roles text[] not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, user_id)
);
create unique index identity_members_address on identity_members (organization_id, lower(address));
create index identity_members_user on identity_members (user_id);

create table identity_tokens (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  name text not null,
  scopes text[] not null,
  hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references identity_members (organization_id, id)
);

create table identity_invitations (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  purpose text not null default 'join' check (purpose in ('join', 'reset')),
  hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references identity_members (organization_id, id)
);

-- One-time links that make the first owner or a further organization. They belong to no organization yet: only the functions below reach them.
create table identity_setup_links (
  hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
revoke all on identity_setup_links from public;
grant select, insert, update on identity_setup_links to groundcrew_lookup;

call protect_tenant_table('identity_organizations', false, true);
call protect_tenant_table('identity_members', false, true);
call protect_tenant_table('identity_tokens', false, true);
call protect_tenant_table('identity_invitations', false, true);

-- Look-ups before the organization is known. Each answers only for the secret or the signed-in user that is named.
create function lookup_invitation(link_hash bytea) returns table (organization_id uuid, invitation_id uuid, member_id uuid, purpose text, expires_at timestamptz, used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select i.organization_id, i.id, i.member_id, i.purpose, i.expires_at, i.used_at from identity_invitations i where i.hash = link_hash $$;
create function list_organizations() returns table (organization_id uuid, name text, sample boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select o.organization_id, o.name, o.sample from identity_organizations o order by o.created_at $$;
create function add_setup_link(link_hash bytea, at timestamptz, until timestamptz) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp
  as $$ update identity_setup_links set used_at = at where used_at is null; insert into identity_setup_links (hash, created_at, expires_at) values (link_hash, at, until) $$;
create function setup_link_is_open(link_hash bytea, at timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select exists (select from identity_setup_links l where l.hash = link_hash and l.used_at is null and l.expires_at > at) $$;
create function use_setup_link(link_hash bytea, at timestamptz) returns boolean
  language sql security definer set search_path = pg_catalog, public, pg_temp
  as $$ with used as (update identity_setup_links l set used_at = at where l.hash = link_hash and l.used_at is null and l.expires_at > at returning 1) select exists (select from used) $$;

alter function lookup_invitation(bytea) owner to groundcrew_lookup;
alter function list_organizations() owner to groundcrew_lookup;
alter function add_setup_link(bytea, timestamptz, timestamptz) owner to groundcrew_lookup;
alter function setup_link_is_open(bytea, timestamptz) owner to groundcrew_lookup;
alter function use_setup_link(bytea, timestamptz) owner to groundcrew_lookup;
-- Names of organizations are for the operator's commands and the server's loops, which connect as groundcrew_jobs; not for requests.
revoke execute on function list_organizations() from public;
grant execute on function list_organizations() to groundcrew_jobs;
