-- Sample organizations: filled in one transaction, removed whole.

-- A sample's audit can be removed with it. The application may not remove audit rows; this role may, of the sample that the transaction is in, and
-- of nothing else: its policies say so whatever the function does.
do $$ begin
  if not exists (select from pg_roles where rolname = 'groundcrew_remover') then
    create role groundcrew_remover nologin nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
end $$;
grant groundcrew_remover to current_user;
grant usage, create on schema public to groundcrew_remover;
grant select on identity_organizations to groundcrew_remover;
create policy remove_sample on identity_organizations for select to groundcrew_remover using (organization_id = (select current_organization()) and sample);
do $$
declare
  table_name text;
begin
  foreach table_name in array array['platform_audit_events', 'platform_audit_values', 'platform_audit_heads'] loop
    execute format('grant select, delete on %I to groundcrew_remover', table_name);
    execute format('create policy remove_sample on %I to groundcrew_remover using (organization_id in (select o.organization_id from identity_organizations o))', table_name);
  end loop;
end $$;

-- Removes the audit of the organization that is set. Refuses when it is no sample. Takes no argument, so nobody can name another one.
create function remove_sample_audit() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  organization uuid := current_organization();
begin
  if not exists (select from identity_organizations o where o.organization_id = organization and o.sample) then
    raise exception 'only a sample organization can be removed' using errcode = 'insufficient_privilege';
  end if;
  delete from platform_audit_values where organization_id = organization;
  delete from platform_audit_events where organization_id = organization;
  -- Last: a sealer that held the events until now may have signed a head for them.
  delete from platform_audit_heads where organization_id = organization;
end $$;
alter function remove_sample_audit() owner to groundcrew_remover;
revoke execute on function remove_sample_audit() from public;
grant execute on function remove_sample_audit() to groundcrew_app;

-- The planner knows nothing of rows that were written in the transaction at hand; after many of them its plans, those of foreign keys too, read whole
-- tables. This lets it look. It tells and changes nothing of any organization.
grant maintain on people_people, people_employments, apps_accounts, apps_grants, apps_entitlements, apps_readings, connections_syncs, connections_simulated,
  access_plans, access_actions, access_attempts, tasks_tasks, playbooks_runs, playbooks_steps, playbooks_handovers, platform_audit_events, platform_mail to groundcrew_lookup;
create function look_at_new_rows() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  analyze people_people, people_employments, apps_accounts, apps_grants, apps_entitlements, apps_readings, connections_syncs, connections_simulated,
    access_plans, access_actions, access_attempts, tasks_tasks, playbooks_runs, playbooks_steps, playbooks_handovers, platform_audit_events, platform_mail;
end $$;
alter function look_at_new_rows() owner to groundcrew_lookup;
revoke execute on function look_at_new_rows() from public;
grant execute on function look_at_new_rows() to groundcrew_app;
