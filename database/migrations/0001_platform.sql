-- Tenancy, audit, mail, keys. Roles are made by server/platform/migrate.ts before this file runs.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- What a transaction is about: the organization, who looks, and what time it is. '' means not set (SET LOCAL leaves '' behind, not NULL).
create function current_organization() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('groundcrew.organization', true), '')::uuid $$;
create function groundcrew_now() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('groundcrew.now', true), '')::timestamptz, transaction_timestamp()) $$;

-- Concealments and people hidden from who looks. Not set is NULL, which hides every concealed row: closed unless opened.
create function hidden_concealments() returns uuid[] language sql stable parallel safe
  as $$ select nullif(current_setting('groundcrew.hidden_concealments', true), '')::uuid[] $$;
create function hidden_people() returns uuid[] language sql stable parallel safe
  as $$ select nullif(current_setting('groundcrew.hidden_people', true), '')::uuid[] $$;

-- Row-level security for one tenant table: own organization only; rows with a concealment only to those who may know of it.
create procedure protect_tenant_table(table_name text, concealed boolean default false, lookup boolean default false) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format('create policy own_organization on %I to groundcrew_app using (organization_id = (select current_organization())) with check (organization_id = (select current_organization()))', table_name);
  execute format('grant select, insert, update, delete on %I to groundcrew_app', table_name);
  if concealed then
    execute format('create policy not_concealed on %I as restrictive to groundcrew_app using (concealment_id is null or not (concealment_id = any ((select hidden_concealments())::uuid[]))) with check (true)', table_name);
  end if;
  if lookup then
    execute format('create policy lookup on %I for select to groundcrew_lookup using (true)', table_name);
    execute format('grant select on %I to groundcrew_lookup', table_name);
  end if;
end $$;

create table platform_audit_events (
  organization_id uuid not null,
  id uuid not null default uuidv7(),
  at timestamptz not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  actor_kind text not null,
  actor_id uuid,
  concealment_id uuid,
  values_hash bytea not null,
  sequence bigint,
  previous_hash bytea,
  hash bytea,
  primary key (organization_id, id),
  unique (organization_id, sequence)
);
create index platform_audit_events_unsealed on platform_audit_events (organization_id, id) where sequence is null;
create index platform_audit_events_subject on platform_audit_events (organization_id, subject_id, id);
create index platform_audit_events_time on platform_audit_events (organization_id, at desc);

-- The personal values of an event, apart from the chain: erasing a row here leaves the chain provable.
create table platform_audit_values (
  organization_id uuid not null,
  event_id uuid not null,
  salt bytea,
  actor_name text,
  subject_name text,
  before jsonb,
  after jsonb,
  reason text,
  person_ids uuid[] not null default '{}',
  concealment_id uuid,
  erased_at timestamptz,
  primary key (organization_id, event_id),
  foreign key (organization_id, event_id) references platform_audit_events (organization_id, id)
);
create index platform_audit_values_people on platform_audit_values using gin (person_ids);

create table platform_audit_heads (
  organization_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  at timestamptz not null,
  key_fingerprint text not null,
  signature bytea not null,
  primary key (organization_id, sequence)
);

create table platform_mail (
  organization_id uuid not null,
  id uuid not null default uuidv7(),
  message_id text not null,
  dedupe_key text not null,
  to_person_id uuid,
  to_address text not null,
  subject text not null,
  body text not null,
  concealment_id uuid,
  status text not null default 'queued' check (status in ('queued', 'sending', 'sent', 'failed', 'withheld', 'kept')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  problem text,
  sent_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, dedupe_key)
);
create index platform_mail_due on platform_mail (due_at) where status in ('queued', 'sending');

-- The installation's signing keys. The private part is sealed with the secret key, which never lies in the database.
create table platform_keys (
  fingerprint text primary key,
  public_key text not null,
  private_sealed bytea not null,
  created_at timestamptz not null
);
-- State of the installation as a whole: paused after a restore, last backup.
create table platform_installation (
  id boolean primary key default true check (id),
  paused_since timestamptz,
  paused_reason text,
  restored_from timestamptz,
  last_backup_at timestamptz
);
insert into platform_installation default values;
grant select on platform_keys to groundcrew_app, groundcrew_sealer;
grant insert on platform_keys to groundcrew_app;
grant select, update on platform_installation to groundcrew_app;
grant select on platform_installation to groundcrew_sealer, groundcrew_jobs;

call protect_tenant_table('platform_audit_events', true);
call protect_tenant_table('platform_audit_values', true);
call protect_tenant_table('platform_audit_heads');
call protect_tenant_table('platform_mail', true, true);

-- The application appends audit events and reads them; it cannot change or remove one. Values may only be blanked (erasure).
revoke update, delete on platform_audit_events from groundcrew_app;
revoke update, delete on platform_audit_values from groundcrew_app;
grant update (salt, actor_name, subject_name, before, after, reason, erased_at) on platform_audit_values to groundcrew_app;
revoke insert, update, delete on platform_audit_heads from groundcrew_app;

create policy seal on platform_audit_events to groundcrew_sealer using (true) with check (true);
create policy seal on platform_audit_heads to groundcrew_sealer using (true) with check (true);
grant select, update (sequence, previous_hash, hash) on platform_audit_events to groundcrew_sealer;
grant select, insert on platform_audit_heads to groundcrew_sealer;
