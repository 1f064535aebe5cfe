import { type DateOrder, guessDateOrder, type Table } from '../../platform/tabular/index.ts';
import { type AccountField, accountMeaningOf } from './account-headings.ts';

export type { AccountField } from './account-headings.ts';

/** Fields that several columns may fill at once: the latest activity counts, licences and groups are joined. */
const joined = new Set<AccountField>(['lastActivityAt', 'licences', 'groups', 'role', 'blocked', 'endedAt', 'aliases']);

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
    const [field, doubt] = settle(meaning.field, values);
    const confidence = Math.max(0.3, (meaning.certain ? 0.97 : 0.7) - doubt);
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
  const mapping: AccountMapping = {};
  const fields: AccountColumnProposal['fields'] = [];
  for (const one of found.sort((a, b) => b.confidence - a.confidence || a.column - b.column)) {
    const columns = mapping[one.field];
    if (columns !== undefined && !joined.has(one.field)) continue;
    mapping[one.field] = [...(columns ?? []), one.column];
    fields.push(one);
  }
  const taken = new Set(fields.map(({ column }) => column));
  const unrecognised = table.headings
    .map((heading, column) => ({ column, heading, samples: (samples[column] ?? []).slice(0, 3) }))
    .filter(({ column }) => !taken.has(column));
  return { mapping, fields: fields.sort((a, b) => a.column - b.column), unrecognised, notes: notesOn(mapping) };
}

function notesOn(mapping: AccountMapping): string[] {
  const notes: string[] = [];
  if (!mapping.address && !mapping.userName && !mapping.externalId)
    notes.push('No column tells the accounts apart: an address, a user name or an id is needed.');
  else if (!mapping.address && !mapping.employeeNumber)
    notes.push('No column holds addresses or employee numbers. People can then only be suggested for the accounts.');
  if (!mapping.status && !mapping.enabled && !mapping.blocked && !mapping.endedAt) {
    notes.push('No column says which accounts are suspended. Whether an account on this list can be used is then not known.');
  }
  return notes;
}

/** Some headings mean different things in different apps; the values decide. */
function settle(field: AccountField, values: string[]): [AccountField, number] {
  const share = (test: RegExp) => (values.length === 0 ? 0 : values.filter((value) => test.test(value)).length / values.length);
  const yesNo = /^(true|false|yes|no|ja|nein|0|1|y|n|j|wahr|falsch|x)$/i;
  if (field === 'userName' && share(/@/) > 0.9) return ['userName', 0.1];
  if (field === 'displayName' && share(/^[^\s@]+@[^\s@]+$/) > 0.7) return ['address', 0.2];
  if (field === 'enabled' || field === 'blocked') {
    if (values.length > 0 && share(/^\d{4}-\d|^\d{1,2}[./]\d/) > 0.7) return field === 'blocked' ? ['endedAt', 0.1] : ['enabled', 0.6];
    if (values.length > 0 && share(yesNo) < 0.5) return ['status', 0.2];
  }
  if (field === 'status' && values.length > 0 && share(yesNo) > 0.8) return ['enabled', 0.3];
  if (field === 'isAdmin' && values.length > 0 && share(yesNo) < 0.5) return ['role', 0.2];
  if (field === 'licences' && values.length > 0 && share(/^\d+$/) > 0.8) return ['licences', 0.6];
  return [field, 0];
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

/** Which number comes first in the dates of the list; 'ambiguous' leaves the last activity unknown until somebody says. */
export function guessAccountDateOrder(table: Pick<Table, 'rows'>, mapping: AccountMapping): DateOrder | 'ambiguous' {
  const columns = mapping.lastActivityAt ?? [];
  return guessDateOrder(table.rows.flatMap((row) => columns.map((column) => row.cells[column] ?? '')));
}
