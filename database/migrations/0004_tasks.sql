-- What a person is to do, answer or approve. `about` names what it concerns in another domain (kind and id); the label is what the page shows.
create table tasks_tasks (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('task', 'question', 'approval')),
  title text not null,
  instructions text not null default '',
  link_url text,
  about_kind text not null,
  about_id uuid,
  subject_person_id uuid,
  bundle text,
  options jsonb,
  -- How it is answered; null where nothing is asked.
  answer_kind text check (answer_kind in ('yes-no', 'choice', 'person', 'text', 'date')),
  evidence_required boolean not null default false,
  assignee_person_id uuid,
  assignee_member_id uuid,
  deputy_person_id uuid,
  -- Whom it may never reach, whatever they own or stand in for; and who was asked before it went on, and may still do it.
  never_person_id uuid,
  asked_person_ids uuid[] not null default '{}',
  due_at timestamptz,
  remind_at timestamptz,
  escalate_at timestamptz,
  fallback text,
  reminded_at timestamptz,
  escalated_at timestamptz,
  status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  answer text,
  note text,
  done_at timestamptz,
  done_by text,
  concealment_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, subject_person_id) references people_people (organization_id, id),
  foreign key (organization_id, assignee_person_id) references people_people (organization_id, id),
  foreign key (organization_id, deputy_person_id) references people_people (organization_id, id),
  foreign key (organization_id, never_person_id) references people_people (organization_id, id),
  check (assignee_person_id <> never_person_id),
  check (deputy_person_id <> never_person_id)
);
create index tasks_tasks_assignee on tasks_tasks (organization_id, assignee_person_id) where status = 'open';
create index tasks_tasks_member on tasks_tasks (organization_id, assignee_member_id) where status = 'open';
create index tasks_tasks_asked on tasks_tasks using gin (asked_person_ids) where status = 'open';
create index tasks_tasks_about on tasks_tasks (organization_id, about_kind, about_id);
create index tasks_tasks_due on tasks_tasks (least(coalesce(remind_at, 'infinity'), coalesce(escalate_at, 'infinity'))) where status = 'open';

create table tasks_evidence (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  task_id uuid not null,
  file_name text,
  content_type text,
  bytes bytea,
  sha256 bytea,
  url text check (url ~ '^https?://'),
  note text,
  attached_by text not null,
  attached_at timestamptz not null,
  concealment_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, task_id) references tasks_tasks (organization_id, id)
);

create index tasks_evidence_task on tasks_evidence (organization_id, task_id);

-- Signed, single-purpose links to one person's bundle of tasks. Opening one changes nothing; pressing its button does.
create table tasks_links (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  task_ids uuid[] not null,
  hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);

-- Which tasks one mail tells somebody about, so that a task opened shortly after joins a mail that still waits to be sent.
create table tasks_mails (
  organization_id uuid not null references identity_organizations,
  dedupe_key text not null,
  person_id uuid,
  member_id uuid,
  why text not null check (why in ('new', 'reminder', 'escalated')),
  task_ids uuid[] not null,
  link_id uuid,
  concealment_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, dedupe_key),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, member_id) references identity_members (organization_id, id),
  foreign key (organization_id, link_id) references tasks_links (organization_id, id)
);
create index tasks_mails_person on tasks_mails (organization_id, person_id, created_at);
create index tasks_mails_tasks on tasks_mails using gin (task_ids);
create index tasks_mails_member on tasks_mails (organization_id, member_id, created_at);

call protect_tenant_table('tasks_tasks', true, true);
call protect_tenant_table('tasks_evidence', true);
call protect_tenant_table('tasks_links', false, true);
call protect_tenant_table('tasks_mails', true);

create function lookup_task_link(link_hash bytea)
  returns table (organization_id uuid, organization text, link_id uuid, person_id uuid, person text, task_ids uuid[], expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select l.organization_id, o.name, l.id, l.person_id, coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, ''), l.task_ids, l.expires_at
        from tasks_links l
        join identity_organizations o on o.organization_id = l.organization_id
        join people_people p on p.organization_id = l.organization_id and p.id = l.person_id and p.erased_at is null
        where l.hash = link_hash $$;
alter function lookup_task_link(bytea) owner to groundcrew_lookup;
