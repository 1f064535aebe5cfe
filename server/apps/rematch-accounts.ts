import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { matchAccountsOf, readPeople } from './match-accounts-of.ts';

/** Looks again at whose accounts are whose, in all apps: after people were imported or changed. */
export async function rematchAccounts(ctx: Context): Promise<void> {
  const apps = await ctx.db.selectFrom('apps_apps').select('id').where('archived_at', 'is', null).execute();
  const people = await readPeople(ctx);
  for (const { id } of apps) await matchAccountsOf(ctx, id, undefined, people);
}

/** Looks again at the accounts that may concern one person: those matched to or suggested for them, and those that bear their address, number or alias. */
export async function rematchPerson(ctx: Context, personId: string): Promise<void> {
  const { rows } = await sql<{ app_id: string; ids: string[] }>`
    select a.app_id, array_agg(a.id) as ids from apps_accounts a join people_people p on p.organization_id = a.organization_id and p.id = ${personId}
    where a.kind = 'person' and a.status is distinct from 'gone' and (a.person_id = p.id or a.suggested_person_id = p.id or (a.person_id is null and (
      lower(a.address) = any (array[lower(p.work_address), lower(p.personal_address)] || (select coalesce(array_agg(lower(x)), '{}') from unnest(p.aliases) x))
      or lower(a.employee_number) = lower(p.employee_number))))
    group by a.app_id`.execute(ctx.db);
  for (const { app_id: appId, ids } of rows) await matchAccountsOf(ctx, appId, ids);
}
