import { retentionRule } from '../platform/retention.ts';

/** The files that people were imported from, with their rows: thirty days. What an import did stays in its counts and in the audit. */
export const importFileRetention = retentionRule({
  name: 'import files',
  days: 30,
  erase: async (ctx, before) => {
    const old = ctx.db
      .selectFrom('people_imports')
      .select('id')
      .where('created_at', '<', before.toString())
      .where('status', '<>', 'running');
    const rows = await ctx.db.deleteFrom('people_import_rows').where('import_id', 'in', old).executeTakeFirst();
    const files = await ctx.db
      .updateTable('people_imports')
      .set({ file: null })
      .where('file', 'is not', null)
      .where('id', 'in', old)
      .executeTakeFirst();
    return Number(rows.numDeletedRows) + Number(files.numUpdatedRows);
  },
});
