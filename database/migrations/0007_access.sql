-- A plan: what is to change in other systems for one person, with its blast radius.
create table access_plans (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  purpose text not null check (purpose in ('leave', 'restore')),
  status text not null check (status in ('planned', 'applying', 'applied', 'withdrawn')),
  blast jsonb not null default '{}',
  due_at timestamptz,
  concealment_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);

-- One action on one account. Its state says what is known, not what ran: verified only by a fresh read.
create table access_actions (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  plan_id uuid not null,
  person_id uuid not null,
  app_id uuid not null,
  account_id uuid,
  kind text not null check (kind in ('suspend', 'restore', 'revoke-entitlement', 'grant-entitlement', 'ask', 'watch')),
  entitlement_id uuid,
  via_app_id uuid,
  position int not null default 0,
  due_at timestamptz not null,
  status text not null check (status in ('planned', 'attempting', 'reading', 'retrying', 'asked', 'verified', 'did-not-obey', 'evidenced', 'overridden', 'unknown', 'withdrawn')),
  before jsonb,
  attempts int not null default 0,
  reads int not null default 0,
  next_at timestamptz,
  lease_until timestamptz,
  first_attempt_at timestamptz,
  answered_at timestamptz,
  answer text,
  observed text,
  read_at timestamptz,
  verified_at timestamptz,
  problem text,
  task_id uuid,
  decided_by text,
  decided_at timestamptz,
  decided_reason text,
  escalated_at timestamptz,
  concealment_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, plan_id) references access_plans (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id),
  foreign key (organization_id, account_id) references apps_accounts (organization_id, id)
);
create index access_actions_plan on access_actions (organization_id, plan_id);
create index access_actions_due on access_actions (next_at) where status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and next_at is not null;
create index access_actions_account on access_actions (organization_id, account_id);

-- Every attempt and every read, so that the proof can say by which read, when.
create table access_attempts (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  action_id uuid not null,
  kind text not null check (kind in ('attempt', 'read')),
  at timestamptz not null,
  words text not null,
  ok boolean,
  concealment_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, action_id) references access_actions (organization_id, id)
);
create index access_attempts_action on access_attempts (organization_id, action_id, at);

call protect_tenant_table('access_plans', true);
call protect_tenant_table('access_actions', true, true);
call protect_tenant_table('access_attempts', true);
