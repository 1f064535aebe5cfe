import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/**
 * Whom the refused rows of a reading name: `spared` are the known accounts (ids) that some row names, which therefore are there. `nameless`
 * counts the rows that name nobody: neither a known account nor one that the reading holds. They may be about anybody.
 *
 * @param unread for each row by what it may name an account: ids, user names, addresses, names, in small letters
 */
export async function findNamed(
  ctx: Context,
  reading: { appId: string; records: AccountRecord[]; unread: string[][] },
): Promise<{ spared: string[]; nameless: number }> {
  const { unread } = reading;
  if (unread.length === 0) return { spared: [], nameless: 0 };
  const asked = [...new Set(unread.flat())];
  const { rows } = await sql<{ id: string; names: string[] }>`
    select a.id, n.names from apps_accounts a cross join lateral (
      select array_agg(lower(name)) as names
      from unnest(a.addresses || array[a.external_id, a.user_name, a.address, a.display_name, concat_ws(' ', a.given_name, a.family_name)]) as u(name)
      where name <> ''
    ) n
    where a.app_id = ${reading.appId} and n.names && ${asked}::text[]`.execute(ctx.db);
  const named = new Set(rows.flatMap(({ names }) => names));
  for (const { externalId, userName, addresses } of reading.records)
    for (const name of [externalId, userName, ...addresses]) if (name !== null) named.add(name.toLowerCase());
  return { spared: rows.map(({ id }) => id), nameless: unread.filter((names) => !names.some((name) => named.has(name))).length };
}
