import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { PersonToMatch } from './match-accounts.ts';
import { type MatchCounts, matchAccountsOf } from './match-accounts-of.ts';

/**
 * Finds the people of a few accounts of an app: first among those who bear one of their addresses or numbers; only for an account of which that
 * finds nobody, among everybody.
 */
export async function matchTouched(ctx: Context, appId: string, accountIds: string[]): Promise<MatchCounts> {
  const none = { matched: 0, suggested: 0, unmatched: 0 };
  if (accountIds.length === 0) return none;
  const near = await matchAccountsOf(ctx, appId, accountIds, await peopleNear(ctx, accountIds));
  const { rows } = await sql<{ id: string }>`
    select id from apps_accounts where id = any (${accountIds}::uuid[]) and person_id is null and kind = 'person' and status is distinct from 'gone'`.execute(
    ctx.db,
  );
  if (rows.length === 0) return near;
  const far = await matchAccountsOf(
    ctx,
    appId,
    rows.map(({ id }) => id),
  );
  return { matched: near.matched + far.matched, suggested: far.suggested, unmatched: far.unmatched };
}

async function peopleNear(ctx: Context, accountIds: string[]): Promise<PersonToMatch[]> {
  const { rows } = await sql<PersonToMatch>`
    with names as (
      select distinct lower(name) as name from apps_accounts a cross join unnest(a.addresses || array[a.user_name, a.address, a.employee_number]) as name
      where a.id = any (${accountIds}::uuid[]) and name is not null
    )
    select p.id, p.given_name as "givenName", p.family_name as "familyName", p.preferred_name as "preferredName", p.work_address as "workAddress",
      p.personal_address as "personalAddress", p.aliases, p.employee_number as "employeeNumber"
    from people_people p
    where p.erased_at is null and (p.id in (select person_id from apps_accounts where id = any (${accountIds}::uuid[]))
      or lower(p.work_address) in (select name from names) or lower(p.employee_number) in (select name from names)
      or lower(p.personal_address) in (select name from names) or exists (select from unnest(p.aliases) alias where lower(alias) in (select name from names)))`.execute(
    ctx.db,
  );
  return rows;
}
