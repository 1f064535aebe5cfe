import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { writeCsv } from '../../platform/tabular/index.ts';
import { getImportRow } from './get-import.ts';
import type { ImportRow } from './import-options.ts';
import { tableOf } from './work-out-import.ts';
import { firstMissingRow } from './write-preview.ts';

export const importChanges = ['new', 'changed', 'unchanged', 'refused', 'missing'] as const;
export type ImportChangeKind = (typeof importChanges)[number];

/** A row as the preview shows it. `row` is where it stands in the file (the heading is row 1); null for who is missing from it. */
export type ImportLine = {
  number: number;
  row: number | null;
  change: ImportChangeKind;
  personId: string | null;
  name: string | null;
  changes: { field: string; label: string; from: string | null; to: string | null }[];
  notes: string[];
  problems: { field?: string; value?: string; message: string }[];
  question: string | null;
  questionWords: string | null;
  decision: string | null;
  /** The last working day (ISO) that the list suggests for who it says has left. */
  suggestedDay: string | null;
};

/** The addresses of who looks. Rows that say when they leave, ask about or refuse them are not shown to them, in any count either. */
async function ownAddresses(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select lower(a) as address from people_people p, unnest(array[p.work_address, p.personal_address] || p.aliases) a where p.id = ${ctx.actor.personId} and a is not null
    union select lower(address) from identity_members where id = ${ctx.actor.memberId}`.execute(ctx.db);
  return rows.map(({ address }) => address);
}

const concealed = sql<boolean>`r.person_id is not null and r.person_id = any ((select hidden_people())::uuid[])`;

/** What a list asks about somebody, unless it asks because of a leaving that is hidden from who looks, or tells a day of it. */
const question = sql<
  string | null
>`case when (r.question in ('exit-differs', 'end-withdrawn', 'says-leaving') or r.record->>'dated' is not null) and ${concealed} then null else r.question end`;

const shownTo = (
  ctx: Context,
  own: string[],
) => sql<boolean>`not ((r.ends or r.question is not null or r.change in ('refused', 'missing') or r.record->>'tellsEnd' is not null)
  and (r.person_id is not distinct from ${ctx.actor.personId ?? '00000000-0000-0000-0000-000000000000'}::uuid or coalesce(r.address, '') = any (${own}::text[])))`;

export type ImportCountsShown = Record<ImportChangeKind | 'questions' | 'undecided' | 'rows', number>;

/** One import with its counts, as far as who looks may know them. */
export async function describeImport(ctx: Context, importId: string): Promise<{ row: ImportRow; counts: ImportCountsShown }> {
  const row = await getImportRow(ctx, importId);
  const own = await ownAddresses(ctx);
  const { rows } = await sql<{ change: ImportChangeKind; rows: number; questions: number; undecided: number }>`
    select r.change, count(*)::int as rows, count(${question})::int as questions,
      (count(*) filter (where r.decision is null and (r.change = 'missing' or ${question} = 'says-left')))::int as undecided
    from people_import_rows r where r.import_id = ${importId} and ${shownTo(ctx, own)} group by r.change`.execute(ctx.db);
  const of = (change: ImportChangeKind) =>
    rows.find((each) => each.change === change)?.rows ?? (rows.length === 0 ? (row.counts[change] ?? 0) : 0);
  const sum = (key: 'questions' | 'undecided') => rows.reduce((total, each) => total + each[key], 0);
  const counts = { new: of('new'), changed: of('changed'), unchanged: of('unchanged'), refused: of('refused'), missing: of('missing') };
  return {
    row,
    counts: {
      ...counts,
      rows: counts.new + counts.changed + counts.unchanged + counts.refused,
      questions: sum('questions'),
      undecided: sum('undecided'),
    },
  };
}

/** The rows of an import, by kind of change or only those with a question. */
export async function listImportRows(
  ctx: Context,
  importId: string,
  filter: { change?: ImportChangeKind | undefined; question?: boolean | undefined; limit: number; offset: number },
): Promise<{ rows: ImportLine[]; total: number }> {
  await getImportRow(ctx, importId);
  const where = sql<boolean>`r.import_id = ${importId} and (${filter.change ?? null}::text is null or r.change = ${filter.change ?? null})
    and (${filter.question ?? false} = false or ${question} is not null) and ${shownTo(ctx, await ownAddresses(ctx))}`;
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from people_import_rows r where ${where}`.execute(
    ctx.db,
  );
  const { rows } = await sql<{
    row_number: number;
    change: ImportChangeKind;
    person_id: string | null;
    name: string | null;
    record: { changes?: ImportLine['changes']; notes?: string[]; day?: string };
    problems: ImportLine['problems'];
    question: string | null;
    question_words: string | null;
    decision: string | null;
    concealed: boolean;
  }>`
    select ${concealed} as concealed, r.row_number, r.change, r.person_id, r.name, r.record, r.problems, ${question} as question, case when ${question} is null then null else r.question_words end as question_words, r.decision
    from people_import_rows r where ${where} order by r.row_number limit ${filter.limit} offset ${filter.offset}`.execute(ctx.db);
  return {
    total: counted[0]?.total ?? 0,
    rows: rows.map((row) => ({
      number: row.row_number,
      row: row.row_number >= firstMissingRow ? null : row.row_number,
      change: row.change,
      personId: row.person_id,
      name: row.name,
      changes: row.record.changes ?? [],
      notes: row.concealed ? [] : (row.record.notes ?? []),
      problems: row.problems,
      question: row.question,
      questionWords: row.question_words,
      decision: row.decision,
      suggestedDay: row.question === 'says-left' ? (row.record.day ?? null) : null,
    })),
  };
}

/** The imports, newest first. */
export async function listImports(ctx: Context, page: { limit: number; offset: number }) {
  const rows = await ctx.db
    .selectFrom('people_imports')
    .select(['id', 'file_name', 'status', 'member_name', 'created_at', 'finished_at'])
    .where('status', '<>', 'discarded')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await ctx.db
    .selectFrom('people_imports')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('status', '<>', 'discarded')
    .executeTakeFirstOrThrow();
  return { rows, total };
}

/** The refused rows as they stood in the file, each with why: to be mended and given again. Formulas are neutralised. */
export async function refusedRowsFile(ctx: Context, importId: string): Promise<{ name: string; bytes: Uint8Array }> {
  const row = await getImportRow(ctx, importId, { withFile: true });
  const table = await tableOf(row);
  const own = await ownAddresses(ctx);
  const { rows } = await sql<{ row_number: number; problems: ImportLine['problems'] }>`
    select r.row_number, r.problems from people_import_rows r where r.import_id = ${importId} and r.change = 'refused' and ${shownTo(ctx, own)} order by r.row_number`.execute(
    ctx.db,
  );
  const cells = new Map([...table.rows, ...table.refused].map((each) => [each.number, each.cells]));
  const lines = rows.map(({ row_number: number, problems }) => {
    const values = cells.get(number) ?? [];
    return [...table.headings.map((_, column) => values[column] ?? ''), number, problems.map(({ message }) => message).join(' ')];
  });
  return { name: `refused-${row.file_name.replace(/\.\w+$/, '')}.csv`, bytes: writeCsv([...table.headings, 'Row', 'Why refused'], lines) };
}
