-- Sign-in: the tables of Better Auth 1.7 (names are the library's) in a schema that only groundcrew_auth reaches.
create schema auth;
create table auth."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "twoFactorEnabled" boolean
);
-- "method" says how a session began: 'passkey' and 'two-factor' open the application, 'enrolment' only the setting up of a second factor.
create table auth."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "method" text
);
create table auth."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create table auth."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create table auth."twoFactor" (
  "id" text primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create table auth."passkey" (
  "id" text primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null unique,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create table auth."rateLimit" (
  "id" text primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);
create index on auth."session" ("userId");
create index on auth."account" ("userId");
create index on auth."verification" ("identifier");
create index on auth."twoFactor" ("userId");
create index on auth."passkey" ("userId");

-- Wrong passwords by address (as a hash), so that guessing is slowed wherever it comes from.
create table auth.password_tries (
  address_hash bytea primary key,
  count int not null,
  since timestamptz not null
);
grant usage on schema auth to groundcrew_auth;
grant select, insert, update, delete on all tables in schema auth to groundcrew_auth;

-- Who a visitor is, before the organization is known: answers only for the token's hash or the signed-in user that is named.
create function visitor_of_token(token_hash bytea)
  returns table (organization_id uuid, token_id uuid, member_id uuid, name text, roles text[], person_id uuid, scopes text[], expires_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.organization_id, t.id, m.id, m.name, m.roles, p.id, t.scopes, t.expires_at, t.last_used_at
        from identity_tokens t
        join identity_members m on m.organization_id = t.organization_id and m.id = t.member_id
        left join people_people p on p.organization_id = m.organization_id and p.member_id = m.id
        where t.hash = token_hash and t.revoked_at is null and m.disabled_at is null $$;
create function memberships_of_user(of_user text)
  returns table (organization_id uuid, organization_name text, sample boolean, time_zone text, member_id uuid, name text, roles text[], person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.organization_id, o.name, o.sample, o.time_zone, m.id, m.name, m.roles, p.id
        from identity_members m
        join identity_organizations o using (organization_id)
        left join people_people p on p.organization_id = m.organization_id and p.member_id = m.id
        where m.user_id = of_user and m.disabled_at is null
        order by o.sample, o.created_at, o.organization_id $$;
alter function visitor_of_token(bytea) owner to groundcrew_lookup;
alter function memberships_of_user(text) owner to groundcrew_lookup;
