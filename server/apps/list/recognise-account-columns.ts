import { type DateOrder, guessDateOrder, type Table } from '../../platform/tabular/index.ts';
import { type AccountField, accountMeaningOf } from './account-headings.ts';
import { accountStatusOf, isSeatWord } from './account-words.ts';

export type { AccountField } from './account-headings.ts';

/** Fields that several columns may fill at once: the latest activity counts, licences and groups are joined, all signs of a closed account are weighed. */
const joined = new Set<AccountField>([
  'lastActivityAt',
  'licences',
  'groups',
  'role',
  'status',
  'enabled',
  'blocked',
  'endedAt',
  'aliases',
]);

/** Which columns (indexes from 0) hold which field. Only what is joined has more than one. */
export type AccountMapping = Partial<Record<AccountField, number[]>>;

export type AccountColumnProposal = {
  mapping: AccountMapping;
  fields: { field: AccountField; column: number; heading: string; confidence: number; why: string }[];
  unrecognised: { column: number; heading: string; samples: string[] }[];
  notes: string[];
};

/** Proposes what each column of an app's user list means, by its heading (English and German, common admin pages) and its values. */
export function recogniseAccountColumns(table: Pick<Table, 'headings' | 'rows'>): AccountColumnProposal {
  const samples = table.headings.map((_, column) => sampleOf(table, column));
  const found = table.headings.flatMap((heading, column) => {
    const values = samples[column] as string[];
    const meaning = accountMeaningOf(heading);
    if (meaning === null) {
      if (values.length === 0 || !values.every((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))) return [];
      return [{ field: 'address' as const, column, heading, confidence: 0.5, why: `The column "${heading}" holds addresses.` }];
    }
    const settled = settle(meaning, values);
    if (settled === null) return [];
    const [field, doubt] = settled;
    const held = fillOf(table, column);
    const unfit = field === 'externalId' && !tellsApart(values, held) ? 0.4 : values.length === 0 && !joined.has(field) ? 0.4 : 0;
    const confidence = Math.max(0.3, (meaning.certain ? 0.97 : 0.7) - doubt - unfit);
    return [
      {
        field,
        column,
        heading,
        confidence,
        why: `The heading "${heading}" ${meaning.certain ? 'means' : 'usually means'} ${words[field]}.`,
      },
    ];
  });
  const named = (['givenName', 'familyName'] as const).every((field) => found.some((one) => one.field === field));
  const mapping: AccountMapping = {};
  const fields: AccountColumnProposal['fields'] = [];
  for (const one of found.sort((a, b) => b.confidence - a.confidence || a.column - b.column)) {
    // What only may be the name gives way to the two names.
    if (one.field === 'displayName' && one.confidence < 0.8 && named) continue;
    const columns = mapping[one.field];
    if (columns !== undefined && !joined.has(one.field)) continue;
    mapping[one.field] = [...(columns ?? []), one.column];
    fields.push(one);
  }
  nameLogins(mapping, fields, samples);
  const taken = new Set(fields.map(({ column }) => column));
  const unrecognised = table.headings
    .map((heading, column) => ({ column, heading, samples: (samples[column] ?? []).slice(0, 3) }))
    .filter(({ column }) => !taken.has(column));
  return { mapping, fields: fields.sort((a, b) => a.column - b.column), unrecognised, notes: notesOn(mapping) };
}

/** Without ids, user names and addresses, a column of names that are written like user names ("User" of a cloud console) holds them. */
function nameLogins(mapping: AccountMapping, fields: AccountColumnProposal['fields'], samples: string[][]): void {
  const names = fields.find(({ field }) => field === 'displayName');
  if (mapping.address || mapping.userName || mapping.externalId || names === undefined) return;
  const values = samples[names.column] ?? [];
  if (values.length === 0 || values.some((value) => /\s/.test(value))) return;
  delete mapping.displayName;
  mapping.userName = [names.column];
  Object.assign(names, { field: 'userName', confidence: 0.7, why: `The column "${names.heading}" holds words such as user names.` });
}

function notesOn(mapping: AccountMapping): string[] {
  const notes: string[] = [];
  if (!mapping.address && !mapping.userName && !mapping.externalId) {
    notes.push(
      mapping.displayName || mapping.givenName || mapping.familyName
        ? 'No column holds an address, a user name or an id. The accounts are told apart by their names alone.'
        : 'No column tells the accounts apart: an address, a user name or an id is needed.',
    );
  } else if (!mapping.address && !mapping.employeeNumber)
    notes.push('No column holds addresses or employee numbers. People can then only be suggested for the accounts.');
  if (!mapping.status && !mapping.enabled && !mapping.blocked && !mapping.endedAt) {
    notes.push('No column says which accounts are suspended. Whether an account on this list can be used is then not known.');
  }
  return notes;
}

/** Some headings mean different things in different apps; the values decide. null: the column does not say what its heading promises. */
function settle(meaning: { field: AccountField; certain: boolean }, values: string[]): [AccountField, number] | null {
  const { field } = meaning;
  const share = (test: (value: string) => boolean) => (values.length === 0 ? 0 : values.filter(test).length / values.length);
  const yesNo = share((value) => /^(true|false|yes|no|ja|nein|0|1|y|n|j|wahr|falsch|x)$/i.test(value));
  const dates = share((value) => /^\d{4}-\d|^\d{1,2}[./]\s?\d|^\p{L}{3,} \d{1,2},? \d{4}|^\d{1,2}\.? \p{L}{3,}\.? \d{4}/u.test(value));
  if (field === 'userName' && share((value) => value.includes('@')) > 0.9) return ['userName', 0.1];
  if (field === 'displayName' && share((value) => /^[^\s@]+@[^\s@]+$/.test(value)) > 0.7) return ['address', 0.2];
  if (field === 'role' && share((value) => /^https?:/i.test(value)) > 0.5) return null;
  if (field === 'enabled' || field === 'blocked') {
    if (values.length > 0 && dates > 0.7) return field === 'blocked' ? ['endedAt', 0.1] : ['enabled', 0.6];
    if (values.length > 0 && yesNo < 0.5 && dates === 0) return ['status', 0.2];
  }
  if (field === 'status' && values.length > 0) {
    if (yesNo > 0.8) return ['enabled', 0.3];
    if (values.every(isSeatWord)) return ['licences', 0.3];
    // "State" is as often a province: its values tell, unless they are as short as "OK".
    if (!meaning.certain && share((value) => value.length > 3 && accountStatusOf(value).status !== null) < 0.5) return null;
  }
  if (field === 'isAdmin' && values.length > 0 && yesNo < 0.5) return ['role', 0.2];
  if (field === 'licences' && values.length > 0 && share((value) => /^\d+$/.test(value)) > 0.8) return ['licences', 0.6];
  return [field, 0];
}

/** Ids stand in nearly every row, and are not the same one in all. */
const tellsApart = (values: string[], fill: number): boolean => fill > 0.9 && (values.length < 2 || new Set(values).size > 1);

function fillOf(table: Pick<Table, 'rows'>, column: number): number {
  const filled = table.rows.filter(({ cells }) => (cells[column] ?? '') !== '').length;
  return table.rows.length === 0 ? 1 : filled / table.rows.length;
}

const words: Record<AccountField, string> = {
  externalId: 'the id in the app',
  userName: 'the user name',
  address: 'the address',
  aliases: 'other addresses',
  displayName: 'the name shown',
  givenName: 'the given name',
  familyName: 'the family name',
  employeeNumber: 'the employee number',
  status: 'whether the account is active',
  enabled: 'whether the account is active',
  blocked: 'whether the account is suspended',
  endedAt: 'when the account was closed',
  isAdmin: 'whether it is an administrator',
  role: 'the role',
  lastActivityAt: 'the last activity',
  licences: 'licences',
  groups: 'groups',
  userType: 'the kind of account',
};

function sampleOf(table: Pick<Table, 'rows'>, column: number): string[] {
  const values: string[] = [];
  const step = Math.max(1, Math.floor(table.rows.length / 400));
  for (let i = 0; i < table.rows.length && values.length < 60; i += step) {
    const value = table.rows[i]?.cells[column] ?? '';
    if (value !== '' && value !== '-') values.push(value);
  }
  return values;
}

/** Which number comes first in the dates of the list; 'ambiguous' leaves what depends on it unknown until somebody says. */
export function guessAccountDateOrder(table: Pick<Table, 'rows'>, mapping: AccountMapping): DateOrder | 'ambiguous' {
  const columns = [...(mapping.lastActivityAt ?? []), ...(mapping.endedAt ?? [])];
  return guessDateOrder(table.rows.flatMap((row) => columns.map((column) => row.cells[column] ?? '')));
}
