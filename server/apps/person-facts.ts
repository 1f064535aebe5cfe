import { sql } from '../platform/database.ts';
import type { PersonFacts } from '../platform/person-facts.ts';

/** What the apps know of people: their accounts. One that is suspended or gone is not open. */
export const accountFacts: PersonFacts = {
  countAccounts: async (ctx, personIds) => {
    if (personIds.length === 0) return new Map();
    const { rows } = await sql<{ person_id: string; accounts: number; open: number }>`
      select a.person_id, count(*)::int as accounts, (count(*) filter (where a.status is distinct from 'suspended'))::int as open
      from apps_accounts a join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id and s.archived_at is null
      where a.person_id = any (${personIds}::uuid[]) and a.kind = 'person' and a.status is distinct from 'gone' group by a.person_id`.execute(
      ctx.db,
    );
    return new Map(rows.map(({ person_id: personId, accounts, open }) => [personId, { accounts, open }]));
  },
  canSignIn: (
    id,
  ) => sql<boolean>`exists (select from apps_accounts a join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id
    where a.person_id = ${id} and a.kind = 'person' and (a.status is null or a.status = 'active') and s.archived_at is null)`,
  hasAccountIn: (id, appId) => sql<boolean>`exists (select from apps_accounts a
    where a.person_id = ${id} and a.app_id = ${appId} and a.kind = 'person' and a.status is distinct from 'gone')`,
};
