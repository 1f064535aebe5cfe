import type { Problem } from '../../platform/errors.ts';
import { cutText, type DateOrder, type Table } from '../../platform/tabular/index.ts';
import { accountStatusIn } from './account-status-in.ts';
import { isAdminRole, isServiceType, yesOrNo } from './account-words.ts';
import { addressIn, aliasesIn } from './addresses-in.ts';
import { footerRows } from './footer-rows.ts';
import { lastActivityIn } from './last-activity-in.ts';
import { namesIn } from './names-in.ts';
import type { AccountField, AccountMapping } from './recognise-account-columns.ts';

/** One account as a list shows it; null is "the list does not say". `lastActivityAt` is ISO 8601 in UTC, addresses are in small letters. */
export type AccountListRecord = {
  row: number;
  /** The app's own id, else the address, else the user name, else the name shown: the same in each list of the app. */
  externalId: string;
  userName: string | null;
  address: string | null;
  aliases: string[];
  displayName: string | null;
  givenName: string | null;
  familyName: string | null;
  employeeNumber: string | null;
  status: 'active' | 'suspended' | null;
  isAdmin: boolean | null;
  isService: boolean | null;
  role: string | null;
  lastActivityAt: string | null;
  entitlements: { kind: 'role' | 'licence' | 'group'; name: string }[] | null;
  notes: string[];
};

/** A row that is no account. `names`: by what it may name one all the same (namesIn); null: it is a total or remark and need not name any. */
export type RefusedAccountRow = { row: number; problems: Problem[]; names: string[] | null };

/** Rows of the table (read and refused) = records + refused + merged. */
export type ReadAccounts = {
  records: AccountListRecord[];
  refused: RefusedAccountRow[];
  merged: { row: number; into: number }[];
};

const nothing = /^(?:[-–—]+|n\/?a|null|nil|\(none\)|none|k\.?\s?a\.?|undefined)$/i;

/** `at`: the latest instant at which the list can have been true. `exportedAt`: when it was exported, where somebody said so. */
export type AccountReading = {
  dateOrder?: DateOrder | undefined;
  at?: Temporal.Instant | undefined;
  exportedAt?: Temporal.Instant | undefined;
};

/**
 * Rows of a user list to accounts. A row is refused when nothing tells the account by, when its address is broken, when it is a total or a
 * remark below the list, or when its id stands in another row about somebody else. Rows of one account are merged, and where they contradict
 * each other the one in which it can be used counts.
 */
export function readAccountRows(
  table: Pick<Table, 'headings' | 'rows' | 'refused'>,
  mapping: AccountMapping,
  reading: AccountReading = {},
): ReadAccounts {
  const refused: ReadAccounts['refused'] = table.refused.map(({ number, cells, problems }) => ({
    row: number,
    problems,
    names: namesIn(cells),
  }));
  const cellsOf = new Map(table.rows.map(({ number, cells }) => [number, cells]));
  const merged: ReadAccounts['merged'] = [];
  const taken = new Map<string, AccountListRecord>();
  const footers = footerRows(table.rows);
  for (const { number, cells } of table.rows) {
    const footer = footers.get(number);
    const read =
      footer === undefined ? readRow(number, cells, mapping, table.headings, reading) : { problems: [footerProblem(number, footer)] };
    if ('problems' in read) {
      refused.push({ row: number, problems: read.problems, names: footer === undefined ? namesIn(cells, mapping) : null });
      continue;
    }
    const key = read.externalId.toLowerCase();
    const first = taken.get(key);
    if (first === undefined) {
      taken.set(key, read);
      continue;
    }
    const [kept, other] = liveliness(read) > liveliness(first) ? [read, first] : [first, read];
    if (sameAccount(first, read)) {
      sayContradiction(kept, other);
      merge(kept, other);
      merged.push({ row: other.row, into: kept.row });
      for (const one of merged) if (one.into === other.row) one.into = kept.row;
    } else {
      refused.push({ row: other.row, problems: [twiceProblem(kept, other)], names: namesIn(cellsOf.get(other.row) ?? [], mapping) });
    }
    taken.set(key, kept);
  }
  refused.sort((a, b) => a.row - b.row);
  return { records: [...taken.values()], refused, merged };
}

/** An account that can be used goes before one of which nobody knows, and that before a closed one. */
const liveliness = ({ status }: AccountListRecord): number => (status === 'active' ? 2 : status === null ? 1 : 0);

function sayContradiction(kept: AccountListRecord, other: AccountListRecord): void {
  if (kept.status === other.status) return;
  const word = ({ status }: AccountListRecord) => status ?? 'not known';
  kept.notes.push(
    `The account "${kept.externalId}" is ${word(kept)} in row ${kept.row} and ${word(other)} in row ${other.row}. Row ${kept.row} was taken.`,
  );
}

function twiceProblem(kept: AccountListRecord, other: AccountListRecord): Problem {
  const message = `Row ${other.row}: the account "${other.externalId}" stands in row ${kept.row} too, with other values. Row ${kept.row} was taken. Keep one.`;
  return { row: other.row, field: 'externalId', value: other.externalId, message };
}

function footerProblem(row: number, text: string): Problem {
  const message = `Row ${row}: "${cutText(text, 60)}" stands alone and looks like a total or a remark of the list, not like an account. If it is an account, fill its other columns.`;
  return { row, value: cutText(text, 200), message };
}

function readRow(
  row: number,
  cells: string[],
  mapping: AccountMapping,
  headings: string[],
  reading: AccountReading,
): AccountListRecord | { problems: Problem[] } {
  const under = (field: AccountField) =>
    (mapping[field] ?? [])
      .map((column) => ({ heading: headings[column] ?? field, text: clean(cells[column]) }))
      .filter(({ text }) => text !== '');
  const all = (field: AccountField) => under(field).map(({ text }) => text);
  const one = (field: AccountField) => all(field)[0] ?? null;
  const notes: string[] = [];
  const given = one('address');
  const address = given === null ? null : addressIn(given);
  if (given?.includes('@') && address === null) {
    const field = headings[mapping.address?.[0] ?? 0] ?? 'address';
    const message = `Row ${row}, ${field}: "${cutText(given, 60)}" is no address. Write one address, such as jane.doe@acme.example.`;
    return { problems: [{ row, field, value: cutText(given, 200), message }] };
  }
  const userName = one('userName') ?? (address === null ? given : null);
  const named = address ?? (userName === null ? null : addressIn(userName));
  const givenName = one('givenName');
  const familyName = one('familyName');
  const displayName = one('displayName') ?? ([givenName, familyName].filter(Boolean).join(' ') || null);
  const externalId = one('externalId') ?? named ?? userName?.toLowerCase() ?? nameAsId(mapping, displayName);
  if (externalId === null) {
    const message = `Row ${row}: nothing tells this account by: it has no id, no user name and no address. Fill one of them.`;
    return { problems: [{ row, message }] };
  }
  const roles = under('role').flatMap(rolesIn);
  return {
    row,
    externalId,
    userName,
    address: named,
    aliases: aliasesIn(all('aliases'), notes).filter((alias) => alias !== named),
    displayName,
    givenName,
    familyName,
    employeeNumber: one('employeeNumber'),
    status: accountStatusIn(under, { dateOrder: reading.dateOrder, at: reading.at }, notes),
    isAdmin: adminIn(one('isAdmin'), [...roles, ...all('status')]),
    isService: isServiceIn(one('userType'), one('status')),
    role: roles.length === 0 ? null : roles.join(', '),
    lastActivityAt: lastActivityIn(all('lastActivityAt'), { dateOrder: reading.dateOrder, exportedAt: reading.exportedAt }, notes),
    entitlements: entitlementsIn(mapping, roles, all('licences').flatMap(split), all('groups').flatMap(split)),
    notes,
  };
}

/** In a list that has neither ids nor user names nor addresses, the name shown tells the accounts apart. */
function nameAsId(mapping: AccountMapping, displayName: string | null): string | null {
  if (mapping.externalId || mapping.userName || mapping.address) return null;
  return displayName?.toLowerCase() ?? null;
}

/** Roles by name; under a yes-or-no heading such as "Billing admin", the heading where it says yes. */
function rolesIn({ heading, text }: { heading: string; text: string }): string[] {
  const answer = /^(?:true|false|yes|no|ja|nein|0|1|wahr|falsch)$/i.test(text) ? yesOrNo(text) : null;
  if (answer === null) return split(text);
  return answer ? [heading.replace(/^is[ _]/i, '')] : [];
}

function clean(cell: string | undefined): string {
  const text = (cell ?? '').replace(/\s+/g, ' ').trim();
  return nothing.test(text) ? '' : text;
}

const split = (text: string): string[] =>
  text
    .split(/\s*[;|\n+,]\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !nothing.test(part));

function adminIn(text: string | null, roles: string[]): boolean | null {
  if (roles.some(isAdminRole)) return true;
  return text === null ? null : (yesOrNo(text) ?? (isAdminRole(text) ? true : null));
}

function isServiceIn(type: string | null, status: string | null): boolean | null {
  if (status !== null && /^bot$/i.test(status)) return true;
  return type === null ? null : (isServiceType(type) ?? yesOrNo(type));
}

function entitlementsIn(mapping: AccountMapping, roles: string[], licences: string[], groups: string[]): AccountListRecord['entitlements'] {
  if (!mapping.role && !mapping.licences && !mapping.groups) return null;
  const seen = new Set<string>();
  const list = [
    ...roles.map((name) => ({ kind: 'role' as const, name })),
    ...licences.filter((name) => yesOrNo(name) === null || /[a-z]{3}/i.test(name)).map((name) => ({ kind: 'licence' as const, name })),
    ...groups.map((name) => ({ kind: 'group' as const, name })),
  ];
  return list.filter(({ kind, name }) => !seen.has(`${kind} ${name}`) && seen.add(`${kind} ${name}`));
}

/** Rows that name nothing but a name may be about namesakes. */
function sameAccount(one: AccountListRecord, other: AccountListRecord): boolean {
  const byName = one.address === null && one.userName === null && one.externalId === one.displayName?.toLowerCase();
  return !byName && one.address === other.address && one.userName === other.userName && one.displayName === other.displayName;
}

function merge(into: AccountListRecord, other: AccountListRecord): void {
  const known = new Set(into.entitlements?.map(({ kind, name }) => `${kind} ${name}`));
  const added = (other.entitlements ?? []).filter(({ kind, name }) => !known.has(`${kind} ${name}`));
  if (into.entitlements !== null || added.length > 0) into.entitlements = [...(into.entitlements ?? []), ...added];
  const roles = into.entitlements?.filter(({ kind }) => kind === 'role').map(({ name }) => name) ?? [];
  into.role = roles.length === 0 ? null : roles.join(', ');
  if (other.isAdmin === true) into.isAdmin = true;
  into.notes.push(...other.notes.filter((note) => !into.notes.includes(note)));
  if (other.lastActivityAt !== null && (into.lastActivityAt === null || other.lastActivityAt > into.lastActivityAt))
    into.lastActivityAt = other.lastActivityAt;
}
