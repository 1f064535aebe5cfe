import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { ImportRow } from './import-options.ts';

/** One import with how it is read; its file only where asked for. Refuses (404) an unknown one. `lock` holds it until the transaction ends. */
export async function getImportRow(ctx: Context, importId: string, { lock = false, withFile = false } = {}): Promise<ImportRow> {
  const row = await ctx.db
    .selectFrom('people_imports')
    .select([
      'id',
      'file_name',
      'headings',
      'mapping',
      'options',
      'counts',
      'notes',
      'status',
      'held_reasons',
      'diff_hash',
      'problem',
      'member_id',
      'member_name',
      'created_at',
      'finished_at',
    ])
    .$if(withFile, (query) => query.select('file'))
    .where('id', '=', importId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!row) throw notFound('import');
  return { file: null, ...row } as ImportRow;
}
