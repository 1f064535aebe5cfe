import type { Context } from '../../platform/context.ts';
import type { Difference } from './list-differences.ts';
import { listDifferences } from './list-differences.ts';
import { endFields } from './told-fields.ts';

/** A leaving date on which two sources of equal rank differ, the strongest that tell one. */
export type Disagreement = Difference & {
  /** The earliest day that any of them tells (ISO). */
  earliest: string;
  /** Not to be known yet by whoever a hidden leaving is hidden from. */
  concealmentId: string | null;
};

/** Leaving dates that wait for a person to say which source is right. Read by the system, to which nothing is hidden. */
export async function listEndDisagreements(ctx: Context): Promise<Disagreement[]> {
  const { rows } = await listDifferences(ctx, { decided: false, limit: 10_000, offset: 0 });
  const found = rows.filter(
    ({ field, told }) => endFields.includes(field) && new Set(told.filter(({ decides }) => decides).map(({ value }) => value)).size > 1,
  );
  if (found.length === 0) return [];
  const concealments = await ctx.db
    .selectFrom('people_concealments')
    .select(['id', 'person_id'])
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .where('person_id', 'in', [...new Set(found.map(({ personId }) => personId))])
    .execute();
  const concealed = new Map(concealments.map(({ id, person_id: personId }) => [personId, id]));
  return found.map((row) => ({
    ...row,
    earliest: row.told.map(({ value }) => value.slice(0, 10)).toSorted()[0]!,
    concealmentId: concealed.get(row.personId) ?? null,
  }));
}
