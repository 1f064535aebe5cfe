import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type AccountMatch, matchAccounts, type PersonToMatch } from './match-accounts.ts';

export type MatchCounts = { matched: number; suggested: number; unmatched: number };

/**
 * Finds the people of an app's accounts. What somebody confirmed stays; what was found by address, number or alias is looked at again,
 * because both sides may have changed. Gone and service accounts are left alone. `known`: the people, where they were
 * read before (`readPeople`). Returns how the accounts stand then.
 */
export async function matchAccountsOf(ctx: Context, appId: string, accountIds?: string[], known?: PersonToMatch[]): Promise<MatchCounts> {
  const accounts = await ctx.db
    .selectFrom('apps_accounts')
    .select([
      'id',
      'user_name',
      'address',
      'addresses',
      'display_name',
      'employee_number',
      'is_service',
      'person_id',
      'matched_how',
      'suggested_person_id',
      'suggested_why',
      'not_person_ids',
    ])
    .where('app_id', '=', appId)
    .where('kind', '=', 'person')
    .where(sql<boolean>`status is distinct from 'gone'`)
    .$if(accountIds !== undefined, (query) => query.where('id', 'in', accountIds!))
    .execute();
  if (accounts.length === 0) return { matched: 0, suggested: 0, unmatched: 0 };
  const people = known ?? (await readPeople(ctx));
  const matches = matchAccounts(
    accounts.map((account) => ({
      userName: account.user_name,
      address: account.address,
      addresses: account.addresses,
      displayName: account.display_name,
      employeeNumber: account.employee_number,
      isService: account.is_service,
      confirmedPersonId: account.matched_how === 'confirmed' ? account.person_id : null,
      notPersonIds: account.not_person_ids,
    })),
    people,
  );
  const counts = { matched: 0, suggested: 0, unmatched: 0 };
  const changes: Columns[] = [];
  for (const [index, account] of accounts.entries()) {
    const found = columnsOf(account.id, matches[index]!);
    counts[found.person_id ? 'matched' : found.suggested_person_id ? 'suggested' : 'unmatched'] += 1;
    const same =
      found.person_id === account.person_id &&
      found.matched_how === account.matched_how &&
      found.suggested_person_id === account.suggested_person_id &&
      found.suggested_why === account.suggested_why;
    if (!same) changes.push(found);
  }
  await writeMatches(ctx, appId, changes);
  return counts;
}

/** Arrays and not one JSON text: their length is known when the statement is planned, so that a large app is never compared row by row with itself. */
async function writeMatches(ctx: Context, appId: string, changes: Columns[]): Promise<void> {
  for (let at = 0; at < changes.length; at += 5_000) {
    const part = changes.slice(at, at + 5_000);
    await sql`
      update apps_accounts a set person_id = r.person_id, matched_how = r.matched_how, suggested_person_id = r.suggested_person_id, suggested_why = r.suggested_why
      from unnest(${part.map(({ id }) => id)}::uuid[], ${part.map((each) => each.person_id)}::uuid[], ${part.map((each) => each.matched_how)}::text[],
        ${part.map((each) => each.suggested_person_id)}::uuid[], ${part.map((each) => each.suggested_why)}::text[])
        as r(id, person_id, matched_how, suggested_person_id, suggested_why)
      where a.organization_id = ${ctx.organizationId} and a.app_id = ${appId} and a.id = r.id and a.kind = 'person' and a.matched_how is distinct from 'confirmed'
        and (coalesce(r.person_id, r.suggested_person_id) = any (a.not_person_ids)) is not true`.execute(ctx.db);
  }
}

/** All people with what accounts are known by. */
export async function readPeople(ctx: Context): Promise<PersonToMatch[]> {
  return ctx.db
    .selectFrom('people_people')
    .select([
      'id',
      'given_name as givenName',
      'family_name as familyName',
      'preferred_name as preferredName',
      'work_address as workAddress',
      'personal_address as personalAddress',
      'aliases',
      'employee_number as employeeNumber',
    ])
    .where('erased_at', 'is', null)
    .execute();
}

type Columns = {
  id: string;
  person_id: string | null;
  matched_how: string | null;
  suggested_person_id: string | null;
  suggested_why: string | null;
};

function columnsOf(id: string, match: AccountMatch): Columns {
  return {
    id,
    person_id: match.personId,
    matched_how: match.personId ? match.how : null,
    suggested_person_id: match.suggestion?.personId ?? null,
    suggested_why: match.suggestion?.why ?? match.looksLikeService,
  };
}
