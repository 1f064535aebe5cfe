-- Sign-in through a company's own provider (OpenID Connect or SAML 2.0): how it is set up, one row for an organization.
create table identity_company_sign_in (
  organization_id uuid not null references identity_organizations,
  kind text not null check (kind in ('google', 'entra', 'okta', 'oidc', 'saml')),
  -- OpenID Connect: the issuer. SAML: the entity id of the provider.
  issuer text not null,
  client_id text,
  client_secret bytea,
  -- SAML: where the browser is sent, and the certificates whose keys may sign.
  sign_in_address text,
  certificates text[] not null default '{}',
  domains text[] not null,
  groups_claim text,
  group_roles jsonb not null default '[]',
  without_group text not null check (without_group in ('employee', 'refuse')),
  outside_roster text not null check (outside_roster in ('refuse', 'admit')),
  session_hours int not null check (session_hours between 1 and 336),
  -- Owners who may sign in by their own means while the company's sign-in is enforced.
  break_glass uuid[] not null default '{}',
  tried_at timestamptz,
  tried_by text,
  -- What the settings were when it was tried with success: another provider has to be tried again.
  tried_fingerprint bytea,
  on_since timestamptz,
  enforced_since timestamptz,
  changed_at timestamptz not null,
  primary key (organization_id)
);

-- Who somebody is to the provider. user_id is the sign-in that sessions by the company hang on: never the one of a member's own passkey or password.
-- given_roles: what the groups at the provider gave; only these are taken away again.
create table identity_company_identities (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  issuer text not null,
  subject text not null,
  user_id text not null,
  given_roles text[] not null default '{}',
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, issuer, subject),
  foreign key (organization_id, member_id) references identity_members (organization_id, id)
);
create index identity_company_identities_member on identity_company_identities (organization_id, member_id);

-- One way to the provider and back. It belongs to one browser, works once, and ends after ten minutes.
create table identity_round_trips (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  purpose text not null check (purpose in ('sign-in', 'try')),
  -- Found again by the state (OpenID Connect) or the id of the request (SAML), as a hash.
  found_by bytea not null,
  browser_hash bytea not null,
  secret bytea,
  next text not null,
  member_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- SAML: the checked answer, until the browser that began fetches it by a handle that works once.
  answered_at timestamptz,
  answer bytea,
  handle_hash bytea,
  used_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, found_by),
  foreign key (organization_id, member_id) references identity_members (organization_id, id)
);

-- SAML assertions that were taken, until they expire: none is taken twice.
create table identity_used_assertions (
  organization_id uuid not null references identity_organizations,
  assertion_hash bytea not null,
  expires_at timestamptz not null,
  primary key (organization_id, assertion_hash)
);

call protect_tenant_table('identity_company_sign_in', false, true);
call protect_tenant_table('identity_company_identities');
call protect_tenant_table('identity_round_trips');
call protect_tenant_table('identity_used_assertions');

-- A session that a company's provider opened is good for that one membership and no other.
alter table auth."session" add column "organizationId" text, add column "memberId" text;

-- company_only: the organization lets this member in through its own sign-in alone. It lapses with the last break-glass owner, so that nobody is locked out.
drop function memberships_of_user(text);
create function memberships_of_user(of_user text)
  returns table (organization_id uuid, organization_name text, sample boolean, time_zone text, member_id uuid, name text, roles text[], person_id uuid, company_only boolean, break_glass boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.organization_id, o.name, o.sample, o.time_zone, m.id, m.name, m.roles, p.id,
          e.enforced and not m.id = any (e.break_glass), e.enforced and m.id = any (e.break_glass)
        from identity_members m
        join identity_organizations o using (organization_id)
        left join people_people p on p.organization_id = m.organization_id and p.member_id = m.id
        cross join lateral (
          select coalesce(max(c.break_glass), '{}') as break_glass, count(*) > 0 as enforced from identity_company_sign_in c
          where c.organization_id = m.organization_id and c.enforced_since is not null
            and exists (select from identity_members b where b.organization_id = c.organization_id and b.id = any (c.break_glass) and b.disabled_at is null and 'owner' = any (b.roles))
        ) e
        where m.user_id = of_user and m.disabled_at is null and coalesce(m.organization_id = current_organization(), true)
        order by o.sample, o.created_at, o.organization_id $$;
alter function memberships_of_user(text) owner to groundcrew_lookup;

-- Which organization's own sign-in is meant by the domain of an address. Where two name the same domain, none: neither can divert the other's people.
create function company_of_domain(asked text) returns table (organization_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select min(c.organization_id::text)::uuid from identity_company_sign_in c
        where lower(asked) = any (c.domains) and c.on_since is not null and coalesce(c.organization_id = current_organization(), true)
        having count(*) = 1 $$;
alter function company_of_domain(text) owner to groundcrew_lookup;
