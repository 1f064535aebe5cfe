import type { Problem } from '../../platform/errors.ts';
import { type DateOrder, parseLocalDate, parseLocalDateTime, type Table } from '../../platform/tabular/index.ts';
import { accountStatusOf, isAdminRole, isServiceType, yesOrNo } from './account-words.ts';
import type { AccountField, AccountMapping } from './recognise-account-columns.ts';

/** One account as a list shows it; null is "the list does not say". `lastActivityAt` is ISO 8601 in UTC, addresses are in small letters. */
export type AccountListRecord = {
  row: number;
  /** The app's own id, else the address, else the user name: the same in each list of the app. */
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

/** Rows of the table (read and refused) = records + refused + merged. */
export type ReadAccounts = {
  records: AccountListRecord[];
  refused: { row: number; problems: Problem[] }[];
  merged: { row: number; into: number }[];
};

const nothing = /^(?:[-–—]+|n\/?a|null|nil|\(none\)|none|k\.?\s?a\.?|undefined)$/i;
const never = /^(?:never.*|nie.*|noch nie.*|not yet.*|no activity.*|keine?|not available|unknown|0)$/i;

/**
 * Rows of a user list to accounts. A row is refused when nothing tells the account by, when its address is broken, or when its id stands
 * in another row about somebody else; rows of one account that differ in roles, licences and groups alone are merged.
 */
export function readAccountRows(
  table: Pick<Table, 'headings' | 'rows' | 'refused'>,
  mapping: AccountMapping,
  options: { dateOrder?: DateOrder | undefined } = {},
): ReadAccounts {
  const refused: ReadAccounts['refused'] = table.refused.map(({ number, problems }) => ({ row: number, problems }));
  const merged: ReadAccounts['merged'] = [];
  const taken = new Map<string, AccountListRecord>();
  for (const { number, cells } of table.rows) {
    const read = readRow(number, cells, mapping, table.headings, options.dateOrder);
    if ('problems' in read) {
      refused.push({ row: number, problems: read.problems });
      continue;
    }
    const key = read.externalId.toLowerCase();
    const first = taken.get(key);
    if (first === undefined) taken.set(key, read);
    else if (sameAccount(first, read)) {
      merge(first, read);
      merged.push({ row: number, into: first.row });
    } else {
      const message = `Row ${number}: the account "${read.externalId}" stands in row ${first.row} too, with other values. Row ${first.row} was taken. Keep one.`;
      refused.push({ row: number, problems: [{ row: number, field: 'externalId', value: read.externalId, message }] });
    }
  }
  refused.sort((a, b) => a.row - b.row);
  return { records: [...taken.values()], refused, merged };
}

function readRow(
  row: number,
  cells: string[],
  mapping: AccountMapping,
  headings: string[],
  dateOrder: DateOrder | undefined,
): AccountListRecord | { problems: Problem[] } {
  const all = (field: AccountField) => (mapping[field] ?? []).map((column) => clean(cells[column])).filter((text) => text !== '');
  const one = (field: AccountField) => all(field)[0] ?? null;
  const notes: string[] = [];
  const given = one('address');
  const address = given === null ? null : addressIn(given);
  if (given?.includes('@') && address === null) {
    const field = headings[mapping.address?.[0] ?? 0] ?? 'address';
    return {
      problems: [
        {
          row,
          field,
          value: given.slice(0, 200),
          message: `Row ${row}, ${field}: "${given.slice(0, 60)}" is no address. Write one address, such as jane.doe@acme.example.`,
        },
      ],
    };
  }
  const userName = one('userName') ?? (address === null ? given : null);
  const named = address ?? (userName === null ? null : addressIn(userName));
  const externalId = one('externalId') ?? named ?? userName?.toLowerCase() ?? null;
  if (externalId === null) {
    return {
      problems: [
        { row, message: `Row ${row}: nothing tells this account by: it has no id, no user name and no address. Fill one of them.` },
      ],
    };
  }
  const roles = all('role').flatMap(split);
  const givenName = one('givenName');
  const familyName = one('familyName');
  return {
    row,
    externalId,
    userName,
    address: named,
    aliases: all('aliases')
      .flatMap((text) =>
        text
          .split(/[,;|\s]+/)
          .map((part) => addressIn(part.replace(/^(?:smtp):/i, '')))
          .filter((part) => part !== null),
      )
      .filter((part) => part !== named),
    displayName: one('displayName') ?? ([givenName, familyName].filter(Boolean).join(' ') || null),
    givenName,
    familyName,
    employeeNumber: one('employeeNumber'),
    status: statusIn(all, notes),
    isAdmin: adminIn(one('isAdmin'), [...roles, ...all('status')]),
    isService: isServiceIn(one('userType'), one('status')),
    role: roles.length === 0 ? null : roles.join(', '),
    lastActivityAt: latest(all('lastActivityAt'), dateOrder, notes),
    entitlements: entitlementsIn(mapping, roles, all('licences').flatMap(split), all('groups').flatMap(split)),
    notes,
  };
}

function clean(cell: string | undefined): string {
  const text = (cell ?? '').replace(/\s+/g, ' ').trim();
  return nothing.test(text) ? '' : text;
}

function addressIn(text: string): string | null {
  const inside = (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:/i, '');
  return /^[^\s@,;<>()"]+@[^\s@,;<>()".]+(?:\.[^\s@,;<>()".]+)+$/.test(inside) ? inside.normalize('NFC').toLowerCase() : null;
}

const split = (text: string): string[] =>
  text
    .split(/\s*[;|\n+,]\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !nothing.test(part));

/** One sign of a closed account is enough; without any sign nobody knows. */
function statusIn(all: (field: AccountField) => string[], notes: string[]): 'active' | 'suspended' | null {
  const said: ('active' | 'suspended')[] = [];
  for (const text of all('status')) {
    const { status, note } = accountStatusOf(text);
    if (note !== null) notes.push(note);
    if (status !== null) said.push(status);
  }
  for (const [field, whenTrue, whenFalse] of [
    ['enabled', 'active', 'suspended'],
    ['blocked', 'suspended', 'active'],
  ] as const) {
    for (const text of all(field)) {
      const answer = yesOrNo(text);
      if (answer === null) notes.push(`"${text}" is neither yes nor no, so it says nothing about the account.`);
      else said.push(answer ? whenTrue : whenFalse);
    }
  }
  if (all('endedAt').some((text) => /\d/.test(text))) said.push('suspended');
  if (said.includes('suspended')) return 'suspended';
  return said.length > 0 ? 'active' : null;
}

function adminIn(text: string | null, roles: string[]): boolean | null {
  if (roles.some(isAdminRole)) return true;
  return text === null ? null : (yesOrNo(text) ?? (isAdminRole(text) ? true : null));
}

function isServiceIn(type: string | null, status: string | null): boolean | null {
  if (status !== null && /^bot$/i.test(status)) return true;
  return type === null ? null : (isServiceType(type) ?? yesOrNo(type));
}

function latest(texts: string[], dateOrder: DateOrder | undefined, notes: string[]): string | null {
  let last: Temporal.Instant | null = null;
  for (const text of texts) {
    if (never.test(text)) continue;
    const moment = momentIn(text, dateOrder);
    if (moment === null) notes.push(`"${text}" as last activity was not understood and was left open.`);
    else if (last === null || Temporal.Instant.compare(moment, last) > 0) last = moment;
  }
  return last === null ? null : last.toString();
}

/** Times without an offset are UTC, as admin pages write them. */
function momentIn(text: string, dateOrder: DateOrder | undefined): Temporal.Instant | null {
  if (/^1\d{9}(\.\d+)?$/.test(text)) return Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(text) * 1000));
  if (/^1\d{12}$/.test(text)) return Temporal.Instant.fromEpochMilliseconds(Number(text));
  const bare = text.replace(/\s*\(?(?:UTC|GMT|Z)\)?$/i, '');
  const moment = parseLocalDateTime(bare, dateOrder, 'UTC');
  if (moment instanceof Temporal.PlainDateTime) return moment.toZonedDateTime('UTC').toInstant();
  const day = parseLocalDate(bare, dateOrder, 'UTC');
  return day instanceof Temporal.PlainDate ? day.toZonedDateTime('UTC').toInstant() : null;
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

function sameAccount(one: AccountListRecord, other: AccountListRecord): boolean {
  return (
    one.address === other.address && one.userName === other.userName && one.displayName === other.displayName && one.status === other.status
  );
}

function merge(into: AccountListRecord, other: AccountListRecord): void {
  const known = new Set(into.entitlements?.map(({ kind, name }) => `${kind} ${name}`));
  const added = (other.entitlements ?? []).filter(({ kind, name }) => !known.has(`${kind} ${name}`));
  if (into.entitlements !== null || added.length > 0) into.entitlements = [...(into.entitlements ?? []), ...added];
  const roles = into.entitlements?.filter(({ kind }) => kind === 'role').map(({ name }) => name) ?? [];
  into.role = roles.length === 0 ? null : roles.join(', ');
  if (other.isAdmin === true) into.isAdmin = true;
  if (other.lastActivityAt !== null && (into.lastActivityAt === null || other.lastActivityAt > into.lastActivityAt))
    into.lastActivityAt = other.lastActivityAt;
}
