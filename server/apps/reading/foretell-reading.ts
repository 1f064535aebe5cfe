import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { type AccountLine, countAccounts, readAccounts } from '../account-queries.ts';
import { matchAccounts } from '../match-accounts.ts';
import { readPeople } from '../match-accounts-of.ts';
import { findKnown } from './find-known.ts';
import { findNamed } from './find-named.ts';
import { type AccountFacts, mergeAccount } from './merge-account.ts';

/** `gone`: accounts that the reading lacks; gone only if it is complete. `new`, `changed`, `same`: accounts that it holds. */
export type ForetoldShow = 'gone' | 'new' | 'changed' | 'same';

/** One field that would change. `from`, `to`: texts as they stand; null: nothing. `lastUsed` is an instant (ISO 8601). */
export type ForetoldChange = { field: string; from: string | null; to: string | null };

/** An account that a reading would touch, and whose it is as far as the reader sees. `state`: what it is today; null for one that is new. */
export type ForetoldLine = {
  externalId: string;
  account: string;
  name: string | null;
  status: string | null;
  isAdmin: boolean | null;
  personId: string | null;
  person: string | null;
  state: AccountLine['state'] | null;
  reason: string | null;
  serviceOwner: string | null;
  suggestedPerson: string | null;
  changes: ForetoldChange[];
};

type Page = { limit: number; offset: number };
/** `unread`: by what each refused row may name an account, as recordReading takes it. */
type Reading = { appId: string; asOf: string; records: AccountRecord[]; unread?: string[][] };

const batchSize = 5_000;

/**
 * The accounts that a reading would touch if it were taken in now, without taking it in: nothing is written. Those of people who have not left
 * come first among the gone.
 */
export async function foretellReading(
  ctx: Context,
  reading: Reading,
  input: Page & { show: ForetoldShow },
): Promise<{ rows: ForetoldLine[]; total: number }> {
  const told = await compare(ctx, reading);
  if (input.show === 'new')
    return { rows: await newLines(ctx, told.fresh.slice(input.offset, input.offset + input.limit)), total: told.fresh.length };
  const ofApp = sql<boolean>`a.app_id = ${reading.appId}`;
  const { spared, nameless } = await findNamed(ctx, { ...reading, unread: reading.unread ?? [] });
  if (input.show === 'gone' && nameless > 0) return { rows: [], total: 0 };
  const ids = input.show === 'same' ? told.same : [...told.changed.keys()];
  const where =
    input.show === 'gone'
      ? sql<boolean>`${ofApp} and a.status is distinct from 'gone' and a.observed_at < ${reading.asOf} and not (a.id = any (${[...told.found, ...spared]}::uuid[]))`
      : sql<boolean>`${ofApp} and a.id = any (${ids}::uuid[])`;
  const accounts = await readAccounts(ctx, { where, order: inUseFirst, limit: input.limit, offset: input.offset });
  const [count] = await countAccounts(ctx, [where]);
  return { rows: accounts.map((account) => knownLine(account, told.changed.get(account.id) ?? [])), total: count!.accounts };
}

const inUseFirst = sql`array_position(array['fine', 'orphan', 'service', 'suspended', 'unknown', 'zombie', 'gone'], k.state), lower(coalesce(p.name, a.user_name, a.address, a.external_id)), a.id`;

type Told = { found: string[]; fresh: AccountRecord[]; changed: Map<string, ForetoldChange[]>; same: string[] };

async function compare(ctx: Context, reading: Reading): Promise<Told> {
  const records = [...new Map(reading.records.map((record) => [record.externalId, record])).values()];
  const allIds = new Set(records.map(({ externalId }) => externalId));
  const told: Told = { found: [], fresh: [], changed: new Map(), same: [] };
  for (let at = 0; at < records.length; at += batchSize) {
    const batch = records.slice(at, at + batchSize);
    const known = await findKnown(ctx, reading.appId, batch, allIds);
    for (const record of batch) {
      const row = known.get(record);
      if (row === undefined) {
        told.fresh.push(record);
        continue;
      }
      told.found.push(row.id);
      // What is known to be newer than the reading stays as it is.
      const isOlder = Temporal.Instant.compare(reading.asOf, row.observed_at) < 0;
      const { facts, changed } = mergeAccount(row, record, reading.asOf);
      if (!isOlder && (changed || row.external_id !== record.externalId)) told.changed.set(row.id, changesBetween(row, facts));
      else told.same.push(row.id);
    }
  }
  return told;
}

const yesNo = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no');

const compared: [field: string, of: (facts: AccountFacts) => string | null][] = [
  ['status', ({ status }) => status],
  ['admin', ({ is_admin }) => yesNo(is_admin)],
  ['role', ({ role }) => role],
  ['userName', ({ user_name }) => user_name],
  ['addresses', ({ addresses }) => addresses.join(', ') || null],
  ['name', ({ display_name }) => display_name],
  ['givenName', ({ given_name }) => given_name],
  ['familyName', ({ family_name }) => family_name],
  ['employeeNumber', ({ employee_number }) => employee_number],
  ['service', ({ is_service }) => yesNo(is_service)],
  ['lastUsed', ({ last_activity_at }) => last_activity_at && Temporal.Instant.from(last_activity_at).toString()],
];

const changesBetween = (before: AccountFacts, after: AccountFacts): ForetoldChange[] =>
  compared.map(([field, of]) => ({ field, from: of(before), to: of(after) })).filter(({ from, to }) => from !== to);

const knownLine = (line: AccountLine, changes: ForetoldChange[]): ForetoldLine => ({
  externalId: line.externalId,
  account: line.address ?? line.userName ?? line.externalId,
  name: line.displayName,
  status: line.status,
  isAdmin: line.isAdmin,
  personId: line.personId,
  person: line.person,
  state: line.state,
  reason: line.reason,
  serviceOwner: line.serviceOwner,
  suggestedPerson: line.suggestedPerson,
  changes,
});

/** Whose the new accounts would be: only where it is certain. */
async function newLines(ctx: Context, records: AccountRecord[]): Promise<ForetoldLine[]> {
  if (records.length === 0) return [];
  const matches = matchAccounts(
    records.map((record) => ({ ...record, address: record.addresses[0] ?? null })),
    await readPeople(ctx),
  );
  const ids = [...new Set(matches.map(({ personId }) => personId).filter((id) => id !== null))];
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people_roster where id = any (${ids}::uuid[])`.execute(
    ctx.db,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return records.map((record, index) => {
    const personId = matches[index]!.personId;
    const person = personId === null ? null : (names.get(personId) ?? null);
    return {
      externalId: record.externalId,
      account: record.addresses[0] ?? record.userName ?? record.externalId,
      name: record.displayName ?? ([record.givenName, record.familyName].filter(Boolean).join(' ') || null),
      status: record.status,
      isAdmin: record.isAdmin,
      personId: person === null ? null : personId,
      person,
      state: null,
      reason: null,
      serviceOwner: null,
      suggestedPerson: null,
      changes: [],
    };
  });
}
