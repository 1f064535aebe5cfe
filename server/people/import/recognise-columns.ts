import { type DateOrder, guessDateOrder, headingKey, type Table } from '../../platform/tabular/index.ts';
import { type ColumnField, meaningsOf, type ReadableField } from './column-headings.ts';
import { partRemark, saysNoEnd } from './no-end-words.ts';
import { invertedHeadings } from './read-status.ts';
import { employmentTypeOf, statusOf } from './read-words.ts';
import { recogniseZone } from './recognise-zone.ts';
import { isDate } from './unused-ends.ts';

export type { ReadableField } from './column-headings.ts';

/** Which column (index from 0) holds which field. */
export type ColumnMapping = Partial<Record<ReadableField, number>>;

/** `confidence` is from 0 to 1; below 0.7 the page asks. `why` is a sentence for the page. */
export type ProposedColumn = { column: number; heading: string; confidence: number; why: string };

export type ColumnProposal = {
  fields: Partial<Record<ReadableField, ProposedColumn>>;
  mapping: ColumnMapping;
  unrecognised: { column: number; heading: string; samples: string[] }[];
  /** Plain sentences on what the page should ask or say. */
  notes: string[];
};

type Candidate = { column: number; field: ReadableField; score: number; why: string };

const dateFields: ReadableField[] = ['startDate', 'lastWorkingDay', 'legalEnd', 'leaveFrom', 'leaveUntil', 'accessCutOff'];
const addressFields: ReadableField[] = ['workAddress', 'personalAddress', 'aliases', 'managerAddress'];
const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$|<[^\s@]+@[^\s@]+>$/.test(text.trim());
const endFields: ReadableField[] = ['lastWorkingDay', 'legalEnd', 'accessCutOff'];

/** Proposes what each column of a people list means, by its heading (English and German, common HR systems) and its values. */
export function recogniseColumns(table: Pick<Table, 'headings' | 'rows'>): ColumnProposal {
  const samples = table.headings.map((_, column) => sampleOf(table, column));
  const meanings = table.headings.map((heading) => meaningsOf(heading));
  const hasGiven = meanings.some((fields) => fields.some(({ field, certain }) => certain && field === 'givenName'));
  const candidates: Candidate[] = [];
  table.headings.forEach((heading, column) => {
    const values = samples[column] as string[];
    for (const [place, meaning] of (meanings[column] ?? []).entries()) {
      const field = fieldMeant(meaning.field, heading, values);
      let score = (meaning.certain ? 0.97 : 0.75) - place * 0.05;
      if (field === 'familyName' && !meaning.certain && hasGiven) score = 0.85;
      const fit = fitOf(field, values);
      if (fit !== null && fit < 0.5) score *= endFields.includes(field) && fit > 0 ? 0.75 : fit < 0.2 ? 0.3 : 0.7;
      if (field === 'employeeNumber' && !meaning.certain && values.some((value) => value.length > 12)) score = 0.2;
      if (field === 'workAddress' && logins.has(headingKey(heading))) score -= 0.1;
      if (field === 'status' && regions.has(headingKey(heading)) && (fit ?? 0) < 0.5) score = 0;
      candidates.push({ column, field, score, why: whyOf(heading, field, meaning.certain, fit) });
    }
    if ((meanings[column] ?? []).length === 0 && values.length > 0 && values.every(isAddress)) {
      candidates.push({ column, field: 'workAddress', score: 0.5, why: `The column "${heading}" holds addresses.` });
    }
  });
  return choose(table, candidates, samples);
}

/** What people sign in with looks like an address and is not always theirs. */
const logins = new Set(['username', 'login', 'benutzername']);

/** Headings that mean a province as often as a state of affairs; their values decide. */
const regions = new Set(['state', 'zustand']);

/** What a heading means beside its values: the form of the manager, a yes-or-no column of leavers that holds days, kinds of employment headed as status. */
function fieldMeant(field: ColumnField, heading: string, values: string[]): ReadableField {
  if (field === 'manager') return managerForm(values);
  if (field !== 'status' || values.length === 0) return field;
  if (invertedHeadings.has(headingKey(heading)) && values.filter(isDate).length * 2 > values.length) return 'lastWorkingDay';
  const kinds = values.every((value) => employmentTypeOf(value) !== null && !['left', 'on leave'].includes(statusOf(value) ?? ''));
  return kinds ? 'employmentType' : field;
}

function choose(table: Pick<Table, 'headings'>, candidates: Candidate[], samples: string[][]): ColumnProposal {
  const fields: ColumnProposal['fields'] = {};
  const taken = new Set<number>();
  for (const { column, field, score, why } of candidates.sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (score < 0.4 || taken.has(column) || fields[field] !== undefined) continue;
    fields[field] = { column, heading: table.headings[column] as string, confidence: Math.round(score * 100) / 100, why };
    taken.add(column);
  }
  const mapping = Object.fromEntries(Object.entries(fields).map(([field, { column }]) => [field, column])) as ColumnMapping;
  const unrecognised = table.headings
    .map((heading, column) => ({ column, heading, samples: (samples[column] ?? []).slice(0, 3) }))
    .filter(({ column }) => !taken.has(column));
  return { fields, mapping, unrecognised, notes: [...notesOn(mapping), ...lostNotes(table.headings, candidates, fields, taken)] };
}

/** A column whose heading is sure and whose field another column holds is told: what stands in it is not read. */
function lostNotes(headings: string[], candidates: Candidate[], fields: ColumnProposal['fields'], taken: ReadonlySet<number>): string[] {
  const notes = new Map<number, string>();
  for (const { column, field, score } of candidates) {
    const holder = fields[field];
    if (taken.has(column) || notes.has(column) || score < 0.9 || holder === undefined) continue;
    notes.set(
      column,
      `The column "${headings[column]}" is not used: "${holder.heading}" was taken for ${wordsOf(field)}. Say below if it is the other way round.`,
    );
  }
  return [...notes.values()];
}

function notesOn(mapping: ColumnMapping): string[] {
  const notes: string[] = [];
  const named = mapping.fullName !== undefined || mapping.givenName !== undefined || mapping.familyName !== undefined;
  if (!named) notes.push('No column holds names. People who are already here can be changed; new people need a name.');
  if (mapping.workAddress === undefined && mapping.employeeNumber === undefined) {
    notes.push('No column holds work addresses or employee numbers. People are then told apart by name alone.');
  }
  if (mapping.lastWorkingDay === undefined && mapping.accessCutOff === undefined) {
    const end = mapping.legalEnd === undefined ? '' : ' The end of a contract alone closes nothing.';
    notes.push(
      `No column says when somebody's last working day is.${end} A list that you declare complete shows who is not on it any more.`,
    );
  }
  return notes;
}

function sampleOf(table: Pick<Table, 'rows'>, column: number): string[] {
  const values: string[] = [];
  const step = Math.max(1, Math.floor(table.rows.length / 400));
  for (let i = 0; i < table.rows.length && values.length < 60; i += step) {
    const value = table.rows[i]?.cells[column] ?? '';
    if (value !== '' && value !== '-') values.push(value);
  }
  return values;
}

function managerForm(values: string[]): ReadableField {
  const share = (test: (value: string) => boolean) => values.filter(test).length / Math.max(1, values.length);
  if (share(isAddress) > 0.5) return 'managerAddress';
  return share((value) => /\d/.test(value) && !/\s\p{L}/u.test(value)) > 0.5 ? 'managerNumber' : 'managerName';
}

/** The share of values that can be what the field asks for; null when the field takes any text or there are no values. */
function fitOf(field: ReadableField, values: string[]): number | null {
  if (values.length === 0) return null;
  const share = (test: (value: string) => boolean) => values.filter(test).length / values.length;
  if (field === 'aliases') return share((value) => value.includes('@'));
  if (addressFields.includes(field)) return share((value) => value.includes('@'));
  if (endFields.includes(field)) return share((value) => isDate(partRemark(value).date) || saysNoEnd(value));
  if (dateFields.includes(field)) return share(isDate);
  if (field === 'timeZone')
    return share((value) => 'zone' in recogniseZone(value) || /\/|UTC|GMT|\btime\b|zeit|^[A-Z]{2,4}T$/i.test(value));
  if (field === 'employeeNumber') return share((value) => /\d/.test(value));
  if (field === 'status') return share((value) => statusOf(value) !== null);
  if (field === 'givenName' || field === 'familyName' || field === 'fullName')
    return share((value) => /\p{L}/u.test(value) && !value.includes('@'));
  return null;
}

const meaningWords: Partial<Record<ColumnField, string>> = {
  fullName: 'the whole name',
  managerAddress: 'the manager, by address',
  managerNumber: 'the manager, by employee number',
  managerName: 'the manager, by name',
  accessCutOff: 'the access cut-off',
  aliases: 'other addresses',
};

const wordsOf = (field: ReadableField): string =>
  meaningWords[field] ?? `the ${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;

function whyOf(heading: string, field: ReadableField, certain: boolean, fit: number | null): string {
  const words = wordsOf(field);
  const doubt = fit !== null && fit < 0.5 ? ', but most of its values do not look like it' : '';
  return `The heading "${heading}" ${certain ? 'means' : 'usually means'} ${words}${doubt}.`;
}

/** Which number comes first in the dates of the mapped columns; 'ambiguous' has to be asked. */
export function guessPeopleDateOrder(table: Pick<Table, 'rows'>, mapping: ColumnMapping): DateOrder | 'ambiguous' {
  const columns = dateFields.map((field) => mapping[field]).filter((column) => column !== undefined);
  return guessDateOrder(table.rows.flatMap((row) => columns.map((column) => row.cells[column] ?? '')));
}
