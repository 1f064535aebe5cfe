import { type DateOrder, guessDateOrder, parseLocalDate, type Table } from '../../platform/tabular/index.ts';
import { type ColumnField, meaningsOf, type ReadableField } from './column-headings.ts';
import { recogniseZone } from './recognise-zone.ts';

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
const isDate = (text: string) => {
  const day = parseLocalDate(text, undefined);
  return day instanceof Temporal.PlainDate || day.ambiguous !== undefined || /is no day/.test(day.problem);
};

/** Proposes what each column of a people list means, by its heading (English and German, common HR systems) and its values. */
export function recogniseColumns(table: Pick<Table, 'headings' | 'rows'>): ColumnProposal {
  const samples = table.headings.map((_, column) => sampleOf(table, column));
  const meanings = table.headings.map((heading) => meaningsOf(heading));
  const hasGiven = meanings.some((fields) => fields.some(({ field, certain }) => certain && field === 'givenName'));
  const candidates: Candidate[] = [];
  table.headings.forEach((heading, column) => {
    const values = samples[column] as string[];
    for (const [place, meaning] of (meanings[column] ?? []).entries()) {
      const field = meaning.field === 'manager' ? managerForm(values) : meaning.field;
      let score = (meaning.certain ? 0.97 : 0.75) - place * 0.05;
      if (field === 'familyName' && !meaning.certain && hasGiven) score = 0.85;
      const fit = fitOf(field, values);
      if (fit !== null && fit < 0.5) score *= fit < 0.2 ? 0.3 : 0.7;
      if (field === 'employeeNumber' && !meaning.certain && values.some((value) => value.length > 12)) score = 0.2;
      candidates.push({ column, field, score, why: whyOf(heading, field, meaning.certain, fit) });
    }
    if ((meanings[column] ?? []).length === 0 && values.length > 0 && values.every(isAddress)) {
      candidates.push({ column, field: 'workAddress', score: 0.5, why: `The column "${heading}" holds addresses.` });
    }
  });
  return choose(table, candidates, samples);
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
  return { fields, mapping, unrecognised, notes: notesOn(mapping) };
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
  if (dateFields.includes(field)) return share(isDate);
  if (field === 'timeZone') return share((value) => 'zone' in recogniseZone(value) || value.includes('/'));
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

function whyOf(heading: string, field: ReadableField, certain: boolean, fit: number | null): string {
  const words = meaningWords[field] ?? `the ${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
  const doubt = fit !== null && fit < 0.5 ? ', but most of its values do not look like it' : '';
  return `The heading "${heading}" ${certain ? 'means' : 'usually means'} ${words}${doubt}.`;
}

/** Which number comes first in the dates of the mapped columns; 'ambiguous' has to be asked. */
export function guessPeopleDateOrder(table: Pick<Table, 'rows'>, mapping: ColumnMapping): DateOrder | 'ambiguous' {
  const columns = dateFields.map((field) => mapping[field]).filter((column) => column !== undefined);
  return guessDateOrder(table.rows.flatMap((row) => columns.map((column) => row.cells[column] ?? '')));
}

const appWords =
  /last ?(log ?in|sign ?in|active|seen|activity|access)|letzte (anmeldung|aktivit)|licen[cs]e|lizenz|\bseats?\b|2fa|mfa|two.?factor|2.?step|sso|workspace|billing|storage|invit|last used|password|user ?name|user ?id|guest/i;
const rosterFields: ReadableField[] = [
  'startDate',
  'department',
  'managerAddress',
  'managerNumber',
  'managerName',
  'employmentType',
  'title',
  'employeeNumber',
  'location',
  'costCentre',
  'lastWorkingDay',
  'legalEnd',
];

/** A sentence when the headings do not look like a people list (the user list of an app, or something else), else null. */
export function saysWrongFile(table: Pick<Table, 'headings' | 'rows'>): string | null {
  const { fields } = recogniseColumns(table);
  const known = Object.keys(fields) as ReadableField[];
  const ofRoster = known.filter((field) => rosterFields.includes(field)).length;
  const ofApp = table.headings.filter((heading) => appWords.test(heading));
  if (ofApp.length >= 2 && ofRoster < ofApp.length && ofRoster <= 2) {
    return `The headings look like the user list of an app (${ofApp.slice(0, 3).join(', ')}), not like a people list. Give it to that app under Apps.`;
  }
  const names = known.some((field) => ['fullName', 'givenName', 'familyName', 'workAddress', 'employeeNumber'].includes(field));
  if (names && (known.length >= 2 || table.headings.length <= 2)) return null;
  return `The headings (${table.headings.slice(0, 4).join(', ')}${table.headings.length > 4 ? ', …' : ''}) do not look like a people list.`;
}
