import type { Context } from '../../platform/context.ts';
import type { Problem } from '../../platform/errors.ts';
import type { ListRow } from './list-plan.ts';

/** The rows of a list, as they stood in the file: all, or the first `most`. Rows that are no longer kept are left out. */
export async function readRows(ctx: Context, syncId: string, most?: number): Promise<ListRow[]> {
  const rows = await ctx.db
    .selectFrom('connections_sync_records')
    .select(['number', 'record'])
    .where('sync_id', '=', syncId)
    .where('record', 'is not', null)
    .orderBy('number')
    .$if(most !== undefined, (query) => query.limit(most!))
    .execute();
  return rows.map(({ number, record }) => {
    const { cells, unreadable } = record as { cells: string[]; unreadable?: Problem[] };
    return { number, cells, problems: unreadable ?? [] };
  });
}
