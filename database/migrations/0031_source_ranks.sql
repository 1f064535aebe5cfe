-- Who tells of people by themselves: connections of systems that know them, directories that push, and a folder of lists. 1 is the strongest rank.
create table people_sources (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('connection', 'directory', 'folder')),
  -- The connection or the pushing directory, which stand in tables of other domains; of a folder the organization.
  ref_id uuid not null,
  name text not null,
  rank int not null check (rank between 1 and 5),
  told_at timestamptz not null,
  -- Of a folder: the hash of the list that was looked at last, and what became of it.
  mark text,
  note text,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, kind, ref_id)
);
call protect_tenant_table('people_sources');

-- The one source that decides a field, before any rank.
create table people_field_authorities (
  organization_id uuid not null references identity_organizations,
  field text not null,
  source_id uuid not null,
  primary key (organization_id, field),
  foreign key (organization_id, source_id) references people_sources (organization_id, id) on delete cascade
);
create index people_field_authorities_source on people_field_authorities (organization_id, source_id);
call protect_tenant_table('people_field_authorities');

-- What a source last told of a person, by field, whether or not it was taken over.
create table people_told (
  organization_id uuid not null references identity_organizations,
  source_id uuid not null,
  person_id uuid not null,
  told jsonb not null,
  told_at timestamptz not null,
  primary key (organization_id, source_id, person_id),
  foreign key (organization_id, source_id) references people_sources (organization_id, id) on delete cascade,
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
create index people_told_person on people_told (organization_id, person_id);
call protect_tenant_table('people_told');

-- A person decided this field of somebody, knowing what the sources told then. It holds until a source tells something else.
create table people_field_choices (
  organization_id uuid not null references identity_organizations,
  person_id uuid not null,
  field text not null,
  -- Source id to what it told.
  told jsonb not null,
  chosen_by text not null,
  chosen_at timestamptz not null,
  primary key (organization_id, person_id, field),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);
call protect_tenant_table('people_field_choices');
