import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { type AccountRow, findKnown } from './find-known.ts';
import { mergeAccount } from './merge-account.ts';
import { type AccountWrite, insertAccounts, type ReadingOf, touchAccounts, updateAccounts } from './write-accounts.ts';
import { writeGrants } from './write-grants.ts';

/** An account read as active that was not active before; `was` is null when it was not known. */
export type Active = { accountId: string; was: string | null };

export type BatchCounts = { added: number; changed: number; unchanged: number; grantsAdded: number; grantsRemoved: number };

/**
 * Writes some records of a reading. `allIds`: the ids of the whole reading. `completeSince`: the newest complete reading so far; what only an
 * older one holds is not there any more. `readBefore`: accounts of the app are known. `complete`: grants that a record lacks are gone.
 */
export async function writeBatch(
  ctx: Context,
  reading: ReadingOf,
  records: AccountRecord[],
  about: { allIds: Set<string>; completeSince: string | null; readBefore: boolean; complete: boolean },
): Promise<BatchCounts & { foundAgain: number; active: Active[]; accountIds: string[] }> {
  const known = about.readBefore ? await findKnown(ctx, reading.appId, records, about.allIds) : new Map<AccountRecord, AccountRow>();
  const superseded = about.completeSince !== null && Temporal.Instant.compare(reading.asOf, about.completeSince) < 0;
  const inserts: (AccountWrite & { record: AccountRecord })[] = [];
  const updates: AccountWrite[] = [];
  const touches: { id: string; statusSaid: boolean; told: boolean }[] = [];
  const withGrants: { id: string; record: AccountRecord }[] = [];
  const active: Active[] = [];
  let unchanged = 0;
  let foundAgain = 0;
  const isOlder = (row: AccountRow) => Temporal.Instant.compare(reading.asOf, row.observed_at) < 0;
  for (const record of records) {
    const row = known.get(record);
    if (row && row.status !== 'gone') foundAgain += 1;
    if (row ? isOlder(row) : superseded) {
      unchanged += 1;
      continue;
    }
    const { facts, changed } = mergeAccount(row ?? null, record, reading.asOf);
    const write = { id: row?.id ?? null, external_id: record.externalId, told: record.entitlements !== null, ...facts };
    if (!row) inserts.push({ ...write, record });
    else if (changed || row.external_id !== record.externalId) updates.push(write);
    else touches.push({ id: row.id, statusSaid: record.status !== null, told: record.entitlements !== null });
    if (row) withGrants.push({ id: row.id, record });
    if (row && record.status === 'active' && (row.status === 'suspended' || row.status === 'gone'))
      active.push({ accountId: row.id, was: row.status });
  }
  await updateAccounts(ctx, reading, updates);
  await touchAccounts(ctx, reading, touches);
  const made = await insertAccounts(
    ctx,
    reading,
    inserts.map(({ record: _, ...write }) => write),
  );
  for (const { external_id, record, status } of inserts) {
    const id = made.get(external_id)!;
    withGrants.push({ id, record });
    if (status === 'active') active.push({ accountId: id, was: null });
  }
  const grants = await writeGrants(ctx, reading, withGrants, about.complete);
  return {
    added: inserts.length,
    changed: updates.length,
    unchanged: unchanged + touches.length,
    grantsAdded: grants.added,
    grantsRemoved: grants.removed,
    foundAgain,
    active,
    accountIds: withGrants.map(({ id }) => id),
  };
}
