import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { fieldLabel, type ToldField, toldFields } from './told-fields.ts';

export type Source = {
  id: string;
  kind: 'connection' | 'directory' | 'folder';
  refId: string;
  name: string;
  rank: number;
  people: number;
  toldAt: string;
  note: string | null;
};

/** Who tells of people, the strongest first, and which fields one of them decides by itself. */
export async function listSources(
  ctx: Context,
): Promise<{ sources: Source[]; fields: { field: ToldField; label: string; sourceId: string | null }[] }> {
  const { rows } = await sql<Source>`
    select s.id, s.kind, s.ref_id as "refId", s.name, s.rank, s.note, s.told_at as "toldAt", (select count(*)::int from people_told t where t.source_id = s.id) as people
    from people_sources s order by s.rank, lower(s.name), s.id`.execute(ctx.db);
  const authorities = await ctx.db.selectFrom('people_field_authorities').select(['field', 'source_id']).execute();
  const decides = new Map(authorities.map((row) => [row.field, row.source_id]));
  return { sources: rows, fields: toldFields.map((field) => ({ field, label: fieldLabel(field), sourceId: decides.get(field) ?? null })) };
}

/** Gives a source a rank (1 is the strongest, to 5). What it tells is weighed anew when it is read next. */
export async function rankSource(ctx: Context, sourceId: string, rank: number): Promise<void> {
  const source = await getSource(ctx, sourceId);
  if (source.rank === rank) return;
  await ctx.db.updateTable('people_sources').set({ rank }).where('id', '=', sourceId).execute();
  await appendAudit(ctx, {
    action: 'people.source-ranked',
    subject: { kind: 'people-source', id: sourceId, name: source.name },
    before: { rank: source.rank },
    after: { rank },
  });
}

/** Says which source decides a field whatever its rank; null: the ranks decide. */
export async function setFieldAuthority(ctx: Context, field: ToldField, sourceId: string | null): Promise<void> {
  const source = sourceId === null ? null : await getSource(ctx, sourceId);
  await ctx.db.deleteFrom('people_field_authorities').where('field', '=', field).execute();
  if (sourceId !== null)
    await ctx.db
      .insertInto('people_field_authorities')
      .values({ organization_id: ctx.organizationId, field, source_id: sourceId })
      .execute();
  await appendAudit(ctx, {
    action: 'people.field-authority-set',
    subject: { kind: 'people-source', id: sourceId ?? ctx.organizationId, name: source?.name ?? 'The ranks' },
    after: { field: fieldLabel(field) },
  });
}

async function getSource(ctx: Context, sourceId: string) {
  const source = await ctx.db.selectFrom('people_sources').select(['name', 'rank']).where('id', '=', sourceId).executeTakeFirst();
  if (!source) throw notFound('source of people');
  return source;
}
