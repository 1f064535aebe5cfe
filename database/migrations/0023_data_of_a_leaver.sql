-- What becomes of the sessions, tokens, files, mail, meetings, shared passwords, automations, licences and accounts of somebody who leaves: a
-- plan of its own beside the one that closes access, so that nothing of it ever holds up the cut-off.
alter table access_plans drop constraint access_plans_purpose_check;
alter table access_plans add constraint access_plans_purpose_check check (purpose in ('leave', 'restore', 'gap', 'absence', 'join', 'undo', 'data'));
alter table access_actions drop constraint access_actions_kind_check;
alter table access_actions add constraint access_actions_kind_check
  check (kind in ('create-account', 'suspend', 'restore', 'revoke-entitlement', 'grant-entitlement', 'ask', 'watch',
    'end-sessions', 'reset-password', 'reset-second-factor', 'hand-over-files', 'forward-mail', 'set-auto-reply', 'share-mailbox', 'release-calendars',
    'rotate-secret', 'take-over', 'take-licence', 'delete-account'));
-- With what it is done (to whom, which words), and what of the account is meant where it is not the whole of it.
alter table access_actions add column input jsonb;
alter table access_actions add column label text;

alter table playbooks_runs add column data_plan_id uuid;
alter table playbooks_runs add foreign key (organization_id, data_plan_id) references access_plans (organization_id, id);
alter table playbooks_runs add column confirmed_by_member_id uuid;
alter table playbooks_proof_signatures drop constraint playbooks_proof_signatures_section_check;
alter table playbooks_proof_signatures add constraint playbooks_proof_signatures_section_check
  check (section in ('access', 'ownership', 'sessions', 'files', 'mail', 'calendar', 'secrets', 'automations'));

-- What a simulated app keeps of an account besides the account itself.
alter table connections_simulated add column belongings jsonb not null default '{}';
