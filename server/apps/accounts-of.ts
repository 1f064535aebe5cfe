import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** One account of a person, with its app and what it may do. */
export type AccountOfPerson = {
  id: string;
  app_id: string;
  app: string;
  writer: 'connection' | 'group' | 'manual' | 'outside';
  writer_app_id: string | null;
  writer_entitlement: string | null;
  sign_in: boolean;
  owner_person_id: string | null;
  deputy_person_id: string | null;
  deep_link: string | null;
  external_id: string;
  user_name: string | null;
  address: string | null;
  display_name: string | null;
  status: 'active' | 'suspended' | 'gone' | null;
  status_observed_at: string | null;
  is_admin: boolean | null;
  last_activity_at: string | null;
  observed_at: string;
  source: string;
  label: string;
  grants: { entitlementId: string; kind: string; name: string; origin: string }[];
};

/** The accounts of a person in all apps, the sign-in system first; those that are gone too. */
export async function accountsOf(ctx: Context, personId: string): Promise<AccountOfPerson[]> {
  const { rows } = await sql<AccountOfPerson>`
    select a.id, a.app_id, s.name as app, s.writer, s.writer_app_id, s.writer_entitlement, s.sign_in, s.owner_person_id, s.deputy_person_id, s.deep_link,
      a.external_id, a.user_name, a.address, a.display_name, a.status, a.status_observed_at, a.is_admin, a.last_activity_at, a.observed_at, g.source, g.label,
      coalesce((select jsonb_agg(jsonb_build_object('entitlementId', e.id, 'kind', e.kind, 'name', e.name, 'origin', r.origin) order by e.kind, e.name)
        from apps_grants r join apps_entitlements e on e.organization_id = r.organization_id and e.id = r.entitlement_id
        where r.organization_id = a.organization_id and r.account_id = a.id), '[]') as grants
    from apps_accounts a
    join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id and s.archived_at is null
    join apps_readings g on g.organization_id = a.organization_id and g.id = a.reading_id
    where a.person_id = ${personId} and a.kind = 'person'
    order by s.sign_in desc, lower(s.name), a.external_id`.execute(ctx.db);
  return rows;
}
