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
  /** When the file was given: it cannot have been true later. Plans of earlier versions lack it. */
  givenAt?: string;
  unrecognised: { column: number; heading: string; samples: string[] }[];
};

/** A row as it was found. `problems`: why the table itself could not be told apart there. */
export type ListRow = { number: number; cells: string[]; problems: Problem[] };

export type ListAccounts = {
  accounts: AccountListRecord[];
  refused: { row: number; problems: Problem[] }[];
  /** Of the refused rows that may be about an account: by what each may name it. */
  unread: string[][];
  merged: number;
  notes: string[];
};

/**
 * The accounts that the rows of a list are, by its plan. Rows = accounts + refused + merged. `asOf`: when the list was true; where somebody
 * said when it was exported, "44 days ago" counts back from it.
 */
export function accountsInRows(rows: ListRow[], plan: ListPlan, asOf: string | null): ListAccounts {
  const exportedAt = momentOfExport(asOf, plan);
  const readable = rows.filter(({ problems }) => problems.length === 0);
  const refused = rows.filter(({ problems }) => problems.length > 0);
  const read = readAccountRows({ headings: plan.headings, rows: readable, refused }, plan.mapping, {
    dateOrder: plan.dateOrder ?? undefined,
    at: instantOf(exportedAt ?? plan.givenAt),
    exportedAt: instantOf(exportedAt),
  });
  return {
    accounts: read.records,
    refused: read.refused.map(({ row, problems }) => ({ row, problems })),
    unread: read.refused.flatMap(({ names }) => (names === null ? [] : [names])),
    merged: read.merged.length,
    notes: notesOf(read.records),
  };
}

/** When the list was exported, where that is not just the moment at which it was given. */
const momentOfExport = (asOf: string | null, { givenAt }: ListPlan): string | null =>
  asOf === null || givenAt === undefined || Math.abs(milliseconds(asOf) - milliseconds(givenAt)) < 2 ? null : asOf;
const milliseconds = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

const instantOf = (text: string | null | undefined) => (text == null ? undefined : Temporal.Instant.from(text));

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
    secondFactor: null,
    isExternal: null,
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
