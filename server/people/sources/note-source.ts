import type { Context } from '../../platform/context.ts';

/** Who tells. `rank`: where it stands until somebody ranks it. */
export type SourceOf = { kind: 'connection' | 'directory' | 'folder'; refId: string; name: string; rank: number };

/** An HR system and a list that is kept by hand say who works here; a directory repeats it. */
export const rankOf = { record: 1, directory: 2 } as const;

/** Remembers that a source tells of people, under its present name. Returns its id. */
export async function noteSource(ctx: Context, { kind, refId, name, rank }: SourceOf): Promise<string> {
  const now = ctx.now.toString();
  const there = await ctx.db
    .selectFrom('people_sources')
    .select(['id', 'name', 'told_at'])
    .where('kind', '=', kind)
    .where('ref_id', '=', refId)
    .executeTakeFirst();
  // A directory pushes many people at once: they do not wait for each other at this row.
  if (there && there.name === name && Temporal.Instant.compare(ctx.now.subtract({ minutes: 10 }), there.told_at) < 0) return there.id;
  const { id } = await ctx.db
    .insertInto('people_sources')
    .values({ organization_id: ctx.organizationId, kind, ref_id: refId, name, rank, told_at: now, created_at: now })
    .onConflict((on) => on.columns(['organization_id', 'kind', 'ref_id']).doUpdateSet({ name, told_at: now }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
