import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Standing } from './may-write.ts';
import type { Told } from './told-fields.ts';

/** Reads how the sources stand towards each person of `personIds`. */
export async function standingFor(ctx: Context, personIds: string[]): Promise<(personId: string) => Standing> {
  const sources = await ctx.db.selectFrom('people_sources').select(['id', 'rank']).execute();
  const authorities = await ctx.db.selectFrom('people_field_authorities').select(['field', 'source_id']).execute();
  const { rows: told } = await sql<{ person_id: string; source_id: string; told: Told }>`
    select person_id, source_id, told from people_told where person_id = any (${personIds}::uuid[])`.execute(ctx.db);
  const { rows: choices } = await sql<{ person_id: string; field: string; told: Record<string, string> }>`
    select person_id, field, told from people_field_choices where person_id = any (${personIds}::uuid[])`.execute(ctx.db);
  const toldOf = Map.groupBy(told, (row) => row.person_id);
  const choicesOf = Map.groupBy(choices, (row) => row.person_id);
  const shared = {
    ranks: new Map(sources.map(({ id, rank }) => [id, rank])),
    authorities: new Map(authorities.map((row) => [row.field, row.source_id])),
  };
  return (personId) => ({
    ...shared,
    told: new Map((toldOf.get(personId) ?? []).map((row) => [row.source_id, row.told])),
    choices: new Map((choicesOf.get(personId) ?? []).map((row) => [row.field, row.told])),
  });
}
