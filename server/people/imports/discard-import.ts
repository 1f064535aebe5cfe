import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { seeingAll } from '../seeing-all.ts';
import { refuseUnlessOpen } from './change-import.ts';
import { getImportRow } from './get-import.ts';

/** Gives a list up before it was taken in. Its file and rows are removed; nobody was changed by it. */
export async function discardImport(ctx: Context, importId: string): Promise<void> {
  const row = await getImportRow(ctx, importId, { lock: true });
  refuseUnlessOpen(row);
  await seeingAll(ctx, () => ctx.db.deleteFrom('people_import_rows').where('import_id', '=', importId).execute());
  await ctx.db
    .updateTable('people_imports')
    .set({ status: 'discarded', file: null, finished_at: ctx.now.toString() })
    .where('id', '=', importId)
    .execute();
  await appendAudit(ctx, { action: 'people.import-discarded', subject: { kind: 'import', id: importId, name: row.file_name } });
}
