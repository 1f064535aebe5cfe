import type { Context } from '../../platform/context.ts';
import type { Table } from '../../platform/tabular/index.ts';
import { confirmImport } from './confirm-import.ts';
import { discardImport } from './discard-import.ts';
import { getImportRow } from './get-import.ts';
import type { ImportCounts } from './import-options.ts';
import { uploadImport } from './upload-import.ts';

/**
 * What became of what a source told. `taken`: it is in the people list, or goes in in the background. `same`: nothing differs. `held`: a brake holds it
 * until a person has looked. `waits`: somebody is in the middle of a list of their own, which it must not push aside.
 */
export type Told = {
  outcome: 'taken' | 'same' | 'held' | 'waits';
  importId: string | null;
  counts: ImportCounts | null;
  reasons: string[];
};

/**
 * Takes in what a system tells of people as a people list that nobody has to confirm: recognised, compared, weighed by the brakes and asked about as any
 * other list. Who it does not name stays as they are. Where nothing differs but there is something to ask, it is asked only if `asks`: a system says the
 * same every hour.
 */
export async function takeInTold(
  ctx: Context,
  list: { fileName: string; bytes: Uint8Array; table: Table },
  { asks }: { asks: boolean },
): Promise<Told> {
  const open = await ctx.db
    .selectFrom('people_imports')
    .select('id')
    .where('status', 'in', ['preview', 'held', 'running'])
    .where((eb) => eb.or([eb('member_id', 'is not', null), eb('status', '=', 'running')]))
    .executeTakeFirst();
  if (open) return { outcome: 'waits', importId: open.id, counts: null, reasons: [] };
  const importId = await uploadImport(ctx, list);
  const { counts, held_reasons: reasons } = await getImportRow(ctx, importId);
  if (reasons.length === 0 && counts.new + counts.changed + (asks ? counts.questions : 0) === 0) {
    await discardImport(ctx, importId);
    return { outcome: 'same', importId: null, counts, reasons: [] };
  }
  const { refusal } = await confirmImport(ctx, importId, { evenThough: false });
  const after = await getImportRow(ctx, importId);
  return refusal === null
    ? { outcome: 'taken', importId, counts: after.counts, reasons: [] }
    : { outcome: 'held', importId, counts: after.counts, reasons: after.held_reasons.length > 0 ? after.held_reasons : [refusal.message] };
}
