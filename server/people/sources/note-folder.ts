import type { Context } from '../../platform/context.ts';
import { noteSource, type SourceOf } from './note-source.ts';

/** What was looked at last in an organization's folder of lists, and of how many people it told; null before the first. */
export async function findFolderSource(ctx: Context, refId: string): Promise<{ mark: string | null; people: number } | null> {
  const row = await ctx.db
    .selectFrom('people_sources')
    .select(['id', 'mark'])
    .where('kind', '=', 'folder')
    .where('ref_id', '=', refId)
    .executeTakeFirst();
  if (!row) return null;
  const { people } = await ctx.db
    .selectFrom('people_told')
    .select(({ fn }) => fn.countAll<string>().as('people'))
    .where('source_id', '=', row.id)
    .executeTakeFirstOrThrow();
  return { mark: row.mark, people: Number(people) };
}

/** Writes down what became of a folder's newest list. */
export async function noteFolder(ctx: Context, source: SourceOf, noted: { note: string; mark?: string }): Promise<void> {
  const id = await noteSource(ctx, source);
  await ctx.db
    .updateTable('people_sources')
    .set({ ...noted, told_at: ctx.now.toString() })
    .where('id', '=', id)
    .execute();
}
