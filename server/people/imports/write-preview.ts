import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { FieldChange } from '../import/changes-of.ts';
import { fieldWords, nameOf } from '../import/person-record.ts';
import type { ImportCounts, ImportRow } from './import-options.ts';
import type { WorkedOut } from './work-out-import.ts';

/** Rows of people who are missing from the list are numbered from here on: they stand in no row of the file. */
export const firstMissingRow = 10_000_000;

const batch = 5_000;

type Line = {
  row: number;
  change: 'new' | 'changed' | 'unchanged' | 'refused' | 'missing';
  person: string | null;
  name: string | null;
  address: string | null;
  record: unknown;
  problems: unknown;
  ends: boolean;
  question: string | null;
  words: string | null;
};

/** Writes what a list would do, row by row, in place of what was written before. Nobody is changed by it. Runs where nothing is hidden. */
export async function writePreview(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'notes' | 'options' | 'mapping' | 'headings'>,
  worked: WorkedOut,
): Promise<void> {
  await ctx.db.deleteFrom('people_import_rows').where('import_id', '=', row.id).execute();
  const lines = linesOf(worked);
  for (let start = 0; start < lines.length; start += batch) {
    await sql`
      insert into people_import_rows (organization_id, import_id, row_number, change, person_id, name, address, record, problems, ends, question, question_words)
      select ${ctx.organizationId}, ${row.id}, r."row", r.change, r.person, r.name, r.address, r.record, r.problems, r.ends, r.question, r.words
      from jsonb_to_recordset(${JSON.stringify(lines.slice(start, start + batch))}::jsonb)
        as r("row" int, change text, person uuid, name text, address text, record jsonb, problems jsonb, ends boolean, question text, words text)`.execute(
      ctx.db,
    );
  }
  await ctx.db
    .updateTable('people_imports')
    .set({
      status: 'preview',
      headings: row.headings,
      mapping: JSON.stringify(row.mapping),
      options: JSON.stringify({ ...row.options, rowNotes: worked.notes }),
      notes: [...row.notes.filter((note) => !row.options.rowNotes?.includes(note)), ...worked.notes],
      counts: JSON.stringify(countsOf(worked)),
      held_reasons: worked.verdict.reasons,
      diff_hash: worked.hash,
      problem: null,
    })
    .where('id', '=', row.id)
    .execute();
}

export function countsOf({ seen: diff, rows }: WorkedOut): ImportCounts {
  return {
    rows,
    new: diff.new.length,
    changed: diff.changed.length,
    unchanged: diff.unchanged.length,
    refused: diff.refused.length,
    missing: diff.missing.length,
    ending: diff.endingPersonIds.length,
    questions: diff.questions.length,
    done: 0,
    total: diff.new.length + diff.changed.length,
  };
}

function linesOf({ diff, known, addresses, tellEnd }: WorkedOut): Line[] {
  const ending = new Set(diff.endingPersonIds);
  const questions = new Map(diff.questions.map((question) => [question.row, question]));
  const unresolved = new Map(diff.unresolvedManagers.map(({ row, words }) => [row, words]));
  const nameInFile = new Map(diff.new.map(({ row, record }) => [row, nameOf(record)]));
  const called = (personId: string) => nameOf(known.get(personId) ?? {});
  const manager = (text: string | null) => {
    if (text === null) return null;
    const row = /^row (\d+)$/.exec(text);
    return row ? `${nameInFile.get(Number(row[1])) ?? ''} (row ${row[1]})` : called(text);
  };
  const shown = (changes: FieldChange[]) =>
    changes.map(({ field, from, to }) => ({
      field,
      label: fieldWords[field],
      from: field === 'manager' ? manager(from) : from,
      to: field === 'manager' ? manager(to) : to,
    }));
  const line = (row: number, change: Line['change'], person: string | null, name: string | null, more: Partial<Line> = {}): Line => {
    const question = questions.get(row);
    return {
      row,
      change,
      person,
      name,
      address: addresses.get(row) ?? null,
      problems: [],
      ends: person !== null && ending.has(person),
      question: question?.kind ?? null,
      words: question?.words ?? null,
      ...more,
      record: {
        ...(more.record as object | undefined),
        ...(tellEnd.has(row) ? { tellsEnd: true } : {}),
        ...(question?.day === undefined ? {} : { day: question.day }),
        ...(question?.dated === true ? { dated: true } : {}),
      },
    };
  };
  const notesOf = (row: number, notes: string[]) => [...notes, ...(unresolved.has(row) ? [unresolved.get(row)] : [])];
  return [
    ...diff.new.map(({ row, record, manager: target }) => {
      const changes = newChanges(record, target === null ? null : 'row' in target ? `row ${target.row}` : target.personId);
      const ends = record.lastWorkingDay !== undefined || record.accessCutOff !== undefined || record.legalEnd !== undefined;
      return line(row, 'new', null, nameOf(record), { record: { changes: shown(changes), notes: notesOf(row, record.notes) }, ends });
    }),
    ...diff.changed.map(({ row, personId, record, changes }) =>
      line(row, 'changed', personId, nameOf({ ...known.get(personId), ...record }), {
        record: { changes: shown(changes), notes: notesOf(row, record.notes) },
      }),
    ),
    ...diff.unchanged.map(({ row, personId }) =>
      line(row, 'unchanged', personId, called(personId), unresolved.has(row) ? { record: { changes: [], notes: notesOf(row, []) } } : {}),
    ),
    ...diff.refused.map(({ row, problems }) => line(row, 'refused', null, null, { problems })),
    ...diff.missing.map(({ personId, name }, index) => line(firstMissingRow + index, 'missing', personId, name)),
  ];
}

function newChanges(record: WorkedOut['diff']['new'][number]['record'], manager: string | null): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const field of Object.keys(fieldWords) as (keyof typeof fieldWords)[]) {
    if (field === 'manager') {
      if (manager !== null) changes.push({ field, from: null, to: manager });
      continue;
    }
    const value =
      field === 'aliases' ? record.aliases?.join(', ') : field === 'accessCutOff' ? cutOffText(record.accessCutOff) : record[field];
    if (value) changes.push({ field, from: null, to: value });
  }
  return changes;
}

const cutOffText = (cutOff: WorkedOut['diff']['new'][number]['record']['accessCutOff']): string | undefined =>
  cutOff === undefined ? undefined : 'local' in cutOff ? cutOff.local : cutOff.instant;
