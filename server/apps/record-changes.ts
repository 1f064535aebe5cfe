import type { AccountRecord } from '../../connectors/kit/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { getReachableApp } from './app-reach.ts';
import { accountsRead } from './events.ts';
import { matchTouched } from './match-touched.ts';
import { insertReading } from './reading/insert-reading.ts';
import { knownBefore } from './reading/known-before.ts';
import { markGone } from './reading/mark-gone.ts';
import { tellReappeared } from './reading/tell-reappeared.ts';
import { writeBatch } from './reading/write-batch.ts';
import type { ReadingCounts, ReadingFacts } from './record-reading.ts';

/** What an app says changed since it was last read. `gone`: ids of accounts that it says are there no more. `asOf`: an instant, ISO 8601. */
export type ChangesInput = { appId: string; label: string; asOf: string; changed: AccountRecord[]; gone: string[] };

/**
 * Takes in what changed in an app. Only what it names is touched, so that it costs the same however many accounts the app has. An account that it
 * does not name stays as it is known. Returns what was done, and what the brakes look at.
 */
export async function recordChanges(
  ctx: Context,
  input: ChangesInput,
): Promise<{ readingId: string; counts: ReadingCounts; facts: ReadingFacts }> {
  const { appId, asOf } = input;
  const app = await getReachableApp(ctx, appId, { lock: true });
  const records = [...new Map(input.changed.map((record) => [record.externalId, record])).values()];
  // Who counts in all is asked only where somebody goes.
  const before = input.gone.length === 0 ? null : await knownBefore(ctx, appId, asOf);
  const readingId = await insertReading(ctx, { appId, source: 'sync', label: input.label, asOf, complete: false });
  const reading = { appId, readingId, asOf };
  const written = await writeBatch(ctx, reading, records, {
    allIds: new Set(records.map(({ externalId }) => externalId)),
    completeSince: null,
    readBefore: true,
    complete: true,
  });
  const gone = input.gone.length === 0 ? { accounts: 0, people: 0 } : await markGone(ctx, reading, { only: input.gone });
  const matching = await matchTouched(ctx, appId, written.accountIds);
  const counts: ReadingCounts = {
    rows: records.length,
    added: written.added,
    changed: written.changed,
    unchanged: written.unchanged,
    refused: 0,
    gone: gone.accounts,
    grantsAdded: written.grantsAdded,
    grantsRemoved: written.grantsRemoved,
    ...matching,
  };
  await ctx.db
    .updateTable('apps_readings')
    .set({ counts: JSON.stringify({ ...counts, gonePeople: gone.people }) })
    .where('id', '=', readingId)
    .execute();
  await appendAudit(ctx, {
    action: 'accounts.read',
    subject: { kind: 'app', id: appId, name: app.name },
    after: { source: 'sync', label: input.label, asOf, complete: false, onlyChanges: true, ...counts },
  });
  await tellReappeared(ctx, written.active, true);
  const accounts = [...written.accountIds, ...(await idsOf(ctx, appId, input.gone))];
  await emit(ctx, accountsRead, { appId, readingId, accounts, people: await peopleOf(ctx, accounts) });
  return {
    readingId,
    counts,
    facts: {
      knownAccounts: before?.accounts ?? 0,
      foundAgain: written.foundAgain,
      knownPeople: before?.people ?? 0,
      goneAccounts: gone.accounts,
      gonePeople: gone.people,
      gonePeopleLately: before?.gonePeopleLately ?? 0,
    },
  };
}

async function idsOf(ctx: Context, appId: string, externalIds: string[]): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('apps_accounts')
    .select('id')
    .where('app_id', '=', appId)
    .where('external_id', 'in', externalIds)
    .execute();
  return rows.map(({ id }) => id);
}

/** The people whose accounts these are. */
async function peopleOf(ctx: Context, accounts: string[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from apps_accounts where id = any (${accounts}::uuid[]) and person_id is not null`.execute(ctx.db);
  return rows.map(({ person_id: id }) => id);
}
