import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Table } from '../../platform/tabular/index.ts';
import { noteSource, type SourceOf } from '../sources/note-source.ts';
import { recordReading } from '../sources/record-told.ts';
import { confirmImport } from './confirm-import.ts';
import { discardImport } from './discard-import.ts';
import { getImportRow } from './get-import.ts';
import type { ImportCounts } from './import-options.ts';
import { previewImport } from './upload-import.ts';

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
 * same every hour. What a stronger source tells otherwise is not taken over; it stands among the differences.
 */
export async function takeInTold(
  ctx: Context,
  list: { fileName: string; bytes: Uint8Array; table: Table },
  { asks, source }: { asks: boolean; source: SourceOf },
): Promise<Told> {
  const open = await ctx.db
    .selectFrom('people_imports')
    .select('id')
    .where('status', 'in', ['preview', 'held', 'running'])
    .where((eb) => eb.or([eb('member_id', 'is not', null), eb('status', '=', 'running')]))
    .executeTakeFirst();
  if (open) return { outcome: 'waits', importId: open.id, counts: null, reasons: [] };
  const sourceId = await noteSource(ctx, source);
  const { id: importId, worked } = await previewImport(ctx, { ...list, sourceId });
  const { counts, held_reasons: reasons, options } = await getImportRow(ctx, importId);
  const isRead = options.dateOrder !== null || !options.dateOrderAsked;
  if (isRead && counts.rows > 0 && counts.refused === counts.rows) {
    const [first] = worked.diff.refused.flatMap(({ problems }) => problems);
    return { outcome: 'held', importId, counts, reasons: [`None of its rows can be taken in. ${first?.message ?? ''}`.trim()] };
  }
  if (isRead && reasons.length === 0 && counts.new + counts.changed + (asks ? counts.questions : 0) === 0) {
    await recordReading(ctx, sourceId, worked, new Map());
    await discardImport(ctx, importId);
    return { outcome: 'same', importId: null, counts, reasons: [] };
  }
  let refusal: Refusal | null;
  try {
    ({ refusal } = await confirmImport(ctx, importId, { evenThough: false }));
  } catch (error) {
    // What only a person can say of a list: which number comes first in its dates.
    if (!(error instanceof Refusal)) throw error;
    refusal = error;
  }
  const after = await getImportRow(ctx, importId);
  return refusal === null
    ? { outcome: 'taken', importId, counts: after.counts, reasons: [] }
    : { outcome: 'held', importId, counts: after.counts, reasons: after.held_reasons.length > 0 ? after.held_reasons : [refusal.message] };
}
