import type { AccountRecord } from '../../../connectors/kit/index.ts';
import { type AccountListRecord, type AccountMapping, readAccountRows } from '../../apps/index.ts';
import type { Problem } from '../../platform/errors.ts';
import type { DateOrder } from '../../platform/tabular/index.ts';

/**
 * How a list is read, kept with its sync. `stage`: what is done with it next. `dateOrder` null: nobody has said yet, and the file does not tell.
 * `despite`: a person has seen the reasons for holding it.
 */
export type ListPlan = {
  headings: string[];
  mapping: AccountMapping;
  dateOrder: DateOrder | null;
  stage: 'preview' | 'confirm';
  despite: boolean;
  remembered: boolean;
  /** The app came into being with this list, and goes with it if it is discarded. */
  newApp: boolean;
  unrecognised: { column: number; heading: string; samples: string[] }[];
};

/** A row as it was found. `problems`: why the table itself could not be told apart there. */
export type ListRow = { number: number; cells: string[]; problems: Problem[] };

export type ListAccounts = {
  accounts: AccountListRecord[];
  refused: { row: number; problems: Problem[] }[];
  merged: number;
  notes: string[];
};

/** The accounts that the rows of a list are, by its plan. Rows = accounts + refused + merged. */
export function accountsInRows(rows: ListRow[], plan: ListPlan): ListAccounts {
  const readable = rows.filter(({ problems }) => problems.length === 0);
  const refused = rows.filter(({ problems }) => problems.length > 0);
  const read = readAccountRows({ headings: plan.headings, rows: readable, refused }, plan.mapping, {
    dateOrder: plan.dateOrder ?? undefined,
  });
  return { accounts: read.records, refused: read.refused, merged: read.merged.length, notes: notesOf(read.records) };
}

/** One account of a list as a connector would give it. What stands in lists by name only has its name as id. */
export function recordOf(row: AccountListRecord): AccountRecord {
  return {
    externalId: row.externalId,
    userName: row.userName,
    addresses: [row.address, ...row.aliases].filter((address) => address !== null),
    displayName: row.displayName,
    givenName: row.givenName,
    familyName: row.familyName,
    employeeNumber: row.employeeNumber,
    status: row.status,
    isAdmin: row.isAdmin,
    isService: row.isService,
    lastActivityAt: row.lastActivityAt === null ? null : Temporal.Instant.from(row.lastActivityAt),
    entitlements: row.entitlements?.map(({ kind, name }) => ({ kind, name, externalId: name })) ?? null,
    etag: null,
  };
}

const mostNotes = 10;

/** What the rows leave open, each sentence once with how often it is so. */
function notesOf(records: AccountListRecord[]): string[] {
  const times = new Map<string, number>();
  for (const { notes } of records) for (const note of notes) times.set(note, (times.get(note) ?? 0) + 1);
  const all = [...times]
    .sort((a, b) => b[1] - a[1])
    .map(([note, count]) => (count === 1 ? note : `${note} (${count.toLocaleString('en')} rows)`));
  return all.length > mostNotes ? [...all.slice(0, mostNotes), `${all.length - mostNotes} more remarks of this kind.`] : all;
}
