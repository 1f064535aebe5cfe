import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { mayDo, mayReadList, type ViewList } from './view-lists.ts';

/** What stands behind the question mark of a list's address: filters, order and search, by name. */
export type ViewQuery = Record<string, string>;
export type KeptView = { id: string; name: string; query: ViewQuery; shared: boolean; mayChange: boolean };

/** The kept views of a list: those for everybody, then one's own, by name. None where the reader may not read the list. */
export async function listViews(ctx: Context, list: ViewList): Promise<KeptView[]> {
  if (!mayReadList(ctx.actor, list)) return [];
  const mayShare = mayDo(ctx.actor, 'views:share');
  const mayKeep = mayDo(ctx.actor, 'views:keep');
  const { rows } = await sql<Omit<KeptView, 'mayChange'>>`
    select id, name, query, member_id is null as shared from identity_views
    where list = ${list} and (member_id is null or member_id = ${ctx.actor.memberId}) order by member_id is not null, lower(name) limit 200`.execute(
    ctx.db,
  );
  return rows.map((row) => ({ ...row, mayChange: row.shared ? mayShare : mayKeep }));
}
