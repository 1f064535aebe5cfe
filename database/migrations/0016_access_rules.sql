-- Who gets what by birthright. condition_text is CEL over the person; text '' in entitlement means that an account is enough.
create table access_rules (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  name text not null,
  condition_text text not null,
  -- 'shown': a gap that this rule makes waits for a person; 'by-itself': it is closed as soon as it is seen, within the brakes.
  mend text not null default 'shown' check (mend in ('shown', 'by-itself')),
  version int not null default 1,
  revision bigint not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  archived_at timestamptz,
  primary key (organization_id, id)
);
create unique index access_rules_name on access_rules (organization_id, lower(name)) where archived_at is null;

create table access_rule_grants (
  organization_id uuid not null references identity_organizations,
  rule_id uuid not null,
  app_id uuid not null,
  entitlement text not null default '',
  entitlement_kind text not null default '',
  primary key (organization_id, rule_id, app_id, entitlement, entitlement_kind),
  foreign key (organization_id, rule_id) references access_rules (organization_id, id) on delete cascade,
  foreign key (organization_id, app_id) references apps_apps (organization_id, id)
);

-- Every state of a rule. `revision` counts the changes of all rules of the organization, so that the set of a moment can be set back.
create table access_rule_versions (
  organization_id uuid not null references identity_organizations,
  rule_id uuid not null,
  version int not null,
  revision bigint not null,
  name text not null,
  condition_text text not null,
  mend text not null,
  grants jsonb not null,
  archived boolean not null default false,
  changed_by text not null,
  changed_at timestamptz not null,
  reason text,
  primary key (organization_id, rule_id, version),
  foreign key (organization_id, rule_id) references access_rules (organization_id, id) on delete cascade
);

-- Whom a rule means, as last evaluated: true, or null where a fact it needs is unknown. No row: it does not mean them.
create table access_matches (
  organization_id uuid not null references identity_organizations,
  person_id uuid not null,
  rule_id uuid not null,
  outcome boolean,
  primary key (organization_id, person_id, rule_id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, rule_id) references access_rules (organization_id, id) on delete cascade
);
create index access_matches_rule on access_matches (organization_id, rule_id);

-- The facts and the revision of the rules with which a person was last evaluated: whoever differs is evaluated again.
create table access_evaluated (
  organization_id uuid not null references identity_organizations,
  person_id uuid not null,
  facts_hash bytea not null,
  revision bigint not null,
  primary key (organization_id, person_id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);

-- What a rule or a request gave, and who said so. Only what stands here is ever taken away by a rule. entitlement_id null: the account itself.
create table access_given (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  app_id uuid not null,
  entitlement_id uuid,
  origin text not null check (origin in ('rule', 'request')),
  rule_id uuid,
  action_id uuid,
  -- Done by hand: somebody attached evidence, and no reading has shown it yet.
  evidenced boolean not null default false,
  given_at timestamptz not null,
  taken_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id),
  foreign key (organization_id, entitlement_id) references apps_entitlements (organization_id, id),
  foreign key (organization_id, rule_id) references access_rules (organization_id, id)
);
create unique index access_given_once on access_given (organization_id, person_id, app_id, entitlement_id) nulls not distinct where taken_at is null;

-- What somebody decided about a grant that no rule gives: it stays, or it goes.
create table access_decisions (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  app_id uuid not null,
  entitlement_id uuid,
  decision text not null check (decision in ('keep', 'take')),
  reason text,
  decided_by text not null,
  decided_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people_people (organization_id, id),
  foreign key (organization_id, app_id) references apps_apps (organization_id, id),
  foreign key (organization_id, entitlement_id) references apps_entitlements (organization_id, id)
);
create unique index access_decisions_once on access_decisions (organization_id, person_id, app_id, entitlement_id) nulls not distinct where withdrawn_at is null;

-- From when somebody who has not started yet gets what the rules give. No row: from their first day.
create table access_openings (
  organization_id uuid not null references identity_organizations,
  person_id uuid not null,
  opens_at timestamptz not null,
  primary key (organization_id, person_id),
  foreign key (organization_id, person_id) references people_people (organization_id, id)
);

-- Whom somebody let lose something, though the brake held it: for the same people it is not held again.
create table access_releases (
  organization_id uuid not null references identity_organizations,
  id uuid not null default uuidv7(),
  source text not null,
  person_ids uuid[] not null,
  reason text not null,
  released_by text not null,
  released_at timestamptz not null,
  primary key (organization_id, id)
);

call protect_tenant_table('access_rules');
call protect_tenant_table('access_rule_grants');
call protect_tenant_table('access_rule_versions');
call protect_tenant_table('access_matches');
call protect_tenant_table('access_evaluated');
call protect_tenant_table('access_given');
call protect_tenant_table('access_decisions');
call protect_tenant_table('access_openings');
call protect_tenant_table('access_releases');

-- A plan may now be of many people, for what rules say.
alter table access_plans alter column person_id drop not null;
alter table access_plans drop constraint access_plans_purpose_check;
alter table access_plans add constraint access_plans_purpose_check check (purpose in ('leave', 'restore', 'gap', 'join', 'undo'));
alter table access_plans drop constraint access_plans_status_check;
alter table access_plans add constraint access_plans_status_check check (status in ('planned', 'applying', 'applied', 'withdrawn', 'held'));
alter table access_plans add column made_by text;
alter table access_plans add column reason text;
alter table access_plans add column held_reasons text[] not null default '{}';
alter table access_plans add column summary jsonb not null default '{}';
-- The revision of the rules it was made with, and that of the plan before: what undoing sets the rules back to.
alter table access_plans add column revision bigint;
alter table access_plans add column revision_before bigint;
alter table access_plans add column undoes_plan_id uuid;
alter table access_plans add foreign key (organization_id, undoes_plan_id) references access_plans (organization_id, id);

alter table access_actions drop constraint access_actions_kind_check;
alter table access_actions add constraint access_actions_kind_check
  check (kind in ('create-account', 'suspend', 'restore', 'revoke-entitlement', 'grant-entitlement', 'ask', 'watch'));
alter table access_actions add column rule_id uuid;
-- What a step by hand is for: 'give' or 'take'.
alter table access_actions add column direction text check (direction in ('give', 'take'));
-- Waits until this action is settled: a role needs its account, an app behind sign-in its sign-in.
alter table access_actions add column after_action_id uuid;
alter table access_actions add foreign key (organization_id, after_action_id) references access_actions (organization_id, id);
create index access_actions_after on access_actions (organization_id, after_action_id) where after_action_id is not null;
create index access_actions_person on access_actions (organization_id, person_id);

-- When the entitlements of an account were last told. Null: no source has said which it has.
alter table apps_accounts add column entitlements_observed_at timestamptz;
update apps_accounts a set entitlements_observed_at = a.observed_at where exists (select from apps_grants g where g.organization_id = a.organization_id and g.account_id = a.id);
create index apps_accounts_person_app on apps_accounts (organization_id, person_id, app_id);
