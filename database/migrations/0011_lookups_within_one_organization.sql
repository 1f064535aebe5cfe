-- A look-up answers for any organization only while none is set; then for that one alone.
create or replace function lookup_invitation(link_hash bytea) returns table (organization_id uuid, invitation_id uuid, member_id uuid, purpose text, expires_at timestamptz, used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select i.organization_id, i.id, i.member_id, i.purpose, i.expires_at, i.used_at from identity_invitations i
        where i.hash = link_hash and coalesce(i.organization_id = current_organization(), true) $$;
create or replace function lookup_task_link(link_hash bytea)
  returns table (organization_id uuid, organization text, link_id uuid, person_id uuid, person text, task_ids uuid[], expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select l.organization_id, o.name, l.id, l.person_id, coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, ''), l.task_ids, l.expires_at
        from tasks_links l
        join identity_organizations o on o.organization_id = l.organization_id
        join people_people p on p.organization_id = l.organization_id and p.id = l.person_id and p.erased_at is null
        where l.hash = link_hash and coalesce(l.organization_id = current_organization(), true) $$;
create or replace function visitor_of_token(token_hash bytea)
  returns table (organization_id uuid, token_id uuid, member_id uuid, name text, roles text[], person_id uuid, scopes text[], expires_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.organization_id, t.id, m.id, m.name, m.roles, p.id, t.scopes, t.expires_at, t.last_used_at
        from identity_tokens t
        join identity_members m on m.organization_id = t.organization_id and m.id = t.member_id
        left join people_people p on p.organization_id = m.organization_id and p.member_id = m.id
        where t.hash = token_hash and t.revoked_at is null and m.disabled_at is null and coalesce(t.organization_id = current_organization(), true) $$;
create or replace function memberships_of_user(of_user text)
  returns table (organization_id uuid, organization_name text, sample boolean, time_zone text, member_id uuid, name text, roles text[], person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.organization_id, o.name, o.sample, o.time_zone, m.id, m.name, m.roles, p.id
        from identity_members m
        join identity_organizations o using (organization_id)
        left join people_people p on p.organization_id = m.organization_id and p.member_id = m.id
        where m.user_id = of_user and m.disabled_at is null and coalesce(m.organization_id = current_organization(), true)
        order by o.sample, o.created_at, o.organization_id $$;
