import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { FindingKind } from './kinds.ts';
import { countNew } from './list-findings.ts';

/** What came onto the hygiene lists within a week, and how much went from them. `kinds`: how many are new, by list. */
export type Week = { fresh: number; cleared: number; kinds: { kind: FindingKind; fresh: number }[] };

/** The week on the hygiene lists, of what the reader may see. */
export async function weekOfFindings(ctx: Context): Promise<Week> {
  const kinds = await countNew(ctx);
  const since = ctx.now.subtract({ hours: 24 * 7 }).toString();
  const { rows } = await sql<{
    cleared: number;
  }>`select count(*)::int as cleared from hygiene_findings where cleared_at > ${since}`.execute(ctx.db);
  return {
    fresh: kinds.reduce((sum, { fresh }) => sum + fresh, 0),
    cleared: rows[0]!.cleared,
    kinds,
  };
}
