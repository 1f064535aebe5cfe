-- How work addresses are made.
create table people_address_patterns (
  organization_id uuid not null references identity_organizations,
  pattern text not null,
  domain text not null,
  changed_at timestamptz not null,
  primary key (organization_id)
);
-- Every address that somebody had for work, as a keyed hash: none is ever given again, also when its person has been erased. Those of people who
-- are in the roster already are found there, and are written here when they change or the person is erased.
create table people_used_addresses (
  organization_id uuid not null references identity_organizations,
  address_hash bytea not null,
  used_at timestamptz not null,
  primary key (organization_id, address_hash)
);
call protect_tenant_table('people_address_patterns');
call protect_tenant_table('people_used_addresses');

-- Who has an address is asked by the few addresses that are thought of, whatever their capitals.
create function lowered(texts text[]) returns text[] language sql immutable parallel safe as $$ select array(select lower(t) from unnest(texts) t) $$;
create index people_people_personal_address on people_people (organization_id, lower(personal_address)) where personal_address is not null;
create index people_people_aliases on people_people using gin (lowered(aliases)) where aliases <> '{}';
create index apps_accounts_address on apps_accounts (organization_id, lower(address)) where address is not null;
create index apps_accounts_user_name on apps_accounts (organization_id, lower(user_name)) where user_name is not null;
create index apps_accounts_addresses on apps_accounts using gin (lowered(addresses)) where cardinality(addresses) > 1;
create policy lookup on apps_accounts for select to groundcrew_lookup using (true);
grant select on apps_accounts to groundcrew_lookup;

-- Whose each of these addresses or user names (small letters) is: of a person, of a member, of an account. lower() is not leakproof and would be
-- applied after row-level security, row by row; here the organization set filters first.
create function holders_of_addresses(wanted text[]) returns table (address text, kind text, id uuid, name text, person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with people as (
    select lower(p.work_address) as address, p.* from people_people p where p.organization_id = current_organization() and lower(p.work_address) = any (wanted)
    union all
    select lower(p.personal_address), p.* from people_people p
      where p.organization_id = current_organization() and p.personal_address is not null and lower(p.personal_address) = any (wanted)
    union all
    select a.address, p.* from people_people p cross join unnest(lowered(p.aliases)) as a(address)
      where p.organization_id = current_organization() and p.aliases <> '{}' and lowered(p.aliases) && wanted and a.address = any (wanted)
  ), accounts as (
    select lower(a.address) as of_address, a.* from apps_accounts a
      where a.organization_id = current_organization() and a.address is not null and lower(a.address) = any (wanted)
    union all
    select lower(a.user_name), a.* from apps_accounts a
      where a.organization_id = current_organization() and a.user_name is not null and lower(a.user_name) = any (wanted)
    union all
    select each.address, a.* from apps_accounts a cross join unnest(lowered(a.addresses)) as each(address)
      where a.organization_id = current_organization() and cardinality(a.addresses) > 1 and lowered(a.addresses) && wanted and each.address = any (wanted)
  ), holders as (
    select address, 1 as place, 'person' as kind, id, coalesce(preferred_name, given_name) || coalesce(' ' || family_name, '') as name, id as person_id from people
    union all
    select lower(m.address), 2, 'member', m.id, m.name, (select p.id from people_people p where p.organization_id = m.organization_id and p.member_id = m.id)
      from identity_members m where m.organization_id = current_organization() and lower(m.address) = any (wanted)
    union all
    select a.of_address, 3, 'account', a.id, s.name, a.person_id from accounts a join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id
  )
  select distinct on (h.address, h.person_id) h.address, h.kind, h.id, h.name, h.person_id from holders h order by h.address, h.person_id, h.place, h.name $$;
alter function holders_of_addresses(text[]) owner to groundcrew_lookup;
revoke execute on function holders_of_addresses(text[]) from public;
grant execute on function holders_of_addresses(text[]) to groundcrew_app;

-- A list as somebody keeps it: its filters, order and search, under a name. member_id null: for everybody.
create table identity_views (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  member_id uuid,
  list text not null,
  name text not null,
  query jsonb not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, member_id) references identity_members (organization_id, id)
);
create unique index identity_views_name on identity_views (organization_id, member_id, list, lower(name)) nulls not distinct;
call protect_tenant_table('identity_views');
