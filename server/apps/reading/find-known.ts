import type { Selectable } from 'kysely';
import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { type DB, sql } from '../../platform/database.ts';

export type AccountRow = Selectable<DB['apps_accounts']>;

const namesOf = (names: (string | null)[]) => names.filter((name) => name !== null).map((name) => name.toLowerCase());

/**
 * The account that each record is about, by its id in the app. Where no account has that id (an app that was known from lists is now read
 * over a connection, or an account was made anew) it is the one account with the same user name or address that the reading does not hold
 * under its old id; with several it is none. `allIds`: every id of the reading.
 */
export async function findKnown(
  ctx: Context,
  appId: string,
  records: AccountRecord[],
  allIds: Set<string>,
): Promise<Map<AccountRecord, AccountRow>> {
  const found = new Map<AccountRecord, AccountRow>();
  const ids = records.map(({ externalId }) => externalId);
  const rows = await ctx.db
    .selectFrom('apps_accounts')
    .selectAll()
    .where('app_id', '=', appId)
    .where(sql<boolean>`external_id = any (${ids}::text[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.external_id, row]));
  const strangers: AccountRecord[] = [];
  for (const record of records) {
    const row = byId.get(record.externalId);
    if (row) found.set(record, row);
    else strangers.push(record);
  }
  const names = [...new Set(strangers.flatMap(({ userName, addresses }) => namesOf([userName, addresses[0] ?? null])))];
  if (names.length === 0) return found;
  const candidates = await ctx.db
    .selectFrom('apps_accounts')
    .selectAll()
    .where('app_id', '=', appId)
    .where(sql<boolean>`(lower(user_name) = any (${names}::text[]) or lower(address) = any (${names}::text[]))`)
    .execute();
  const byName = new Map<string, AccountRow[]>();
  for (const row of candidates) {
    if (allIds.has(row.external_id)) continue;
    for (const name of new Set(namesOf([row.user_name, row.address]))) byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  const taken = new Set<string>();
  for (const record of strangers) {
    const rowsOfName = new Set(namesOf([record.userName, record.addresses[0] ?? null]).flatMap((name) => byName.get(name) ?? []));
    const [row] = rowsOfName;
    if (row === undefined || rowsOfName.size !== 1 || taken.has(row.id)) continue;
    taken.add(row.id);
    found.set(record, row);
  }
  return found;
}
