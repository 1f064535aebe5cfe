import type { AccountRecord } from '../../connectors/kit/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { getReachableApp } from './app-reach.ts';
import { accountsRead } from './events.ts';
import { matchAccountsOf } from './match-accounts-of.ts';
import { findNamed } from './reading/find-named.ts';
import { insertReading, type ReadingHead } from './reading/insert-reading.ts';
import { knownBefore } from './reading/known-before.ts';
import { markGone } from './reading/mark-gone.ts';
import { tellReappeared } from './reading/tell-reappeared.ts';
import type { ReadingOf } from './reading/write-accounts.ts';
import { type Active, writeBatch } from './reading/write-batch.ts';

/**
 * `label`: where it comes from, as a person may read it ("users.csv", "Chat over SCIM"). `asOf`: when it was true (instant, ISO 8601).
 * `complete`: an account that it lacks was not there at `asOf`.
 */
export type ReadingInput = ReadingHead & {
  records: AccountRecord[];
  /** Rows that were refused before they became records. */
  refused?: number;
  /**
   * Of those that may be about an account: by what each may name it (ids, user names, addresses, names, in small letters). An account that is
   * named is not gone; when one of them names nobody, the reading is not complete.
   */
  unread?: string[][];
  /** A person confirmed what it does, after a brake or on a preview. */
  confirmed?: boolean;
};

/** Rows of the reading = added + changed + unchanged + refused. The others say what follows from them. */
export type ReadingCounts = {
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  gone: number;
  grantsAdded: number;
  grantsRemoved: number;
  matched: number;
  suggested: number;
  unmatched: number;
  /** Refused rows that name no account, where there are some: nobody is gone then, however complete the reading was said to be. */
  nameless?: number;
};

/** What the brakes look at: accounts that were there before, how many of them the reading holds, and whom it would take for gone. */
export type ReadingFacts = {
  knownAccounts: number;
  foundAgain: number;
  knownPeople: number;
  goneAccounts: number;
  gonePeople: number;
  gonePeopleLately: number;
};

const batchSize = 5_000;

/**
 * Takes in what was read of an app's accounts. What the reading does not say stays as known; what is known to be newer stays too. Accounts
 * that a complete reading lacks are gone, if they were last seen before `asOf`; an incomplete reading ends nothing. The same reading twice
 * changes nothing. Grants keep their origin. New accounts are matched to people. Holds the app's row, so that readings follow one another.
 */
export async function recordReading(
  ctx: Context,
  input: ReadingInput,
): Promise<{ readingId: string; counts: ReadingCounts; facts: ReadingFacts }> {
  const app = await getReachableApp(ctx, input.appId, { lock: true });
  const records = [...new Map(input.records.map((record) => [record.externalId, record])).values()];
  const refused = (input.refused ?? 0) + input.records.length - records.length;
  const before = await knownBefore(ctx, input.appId, input.asOf);
  const { spared, nameless } = await findNamed(ctx, { appId: input.appId, records, unread: input.unread ?? [] });
  const complete = input.complete && nameless === 0;
  const readingId = await insertReading(ctx, { ...input, complete });
  const reading: ReadingOf = { appId: input.appId, readingId, asOf: input.asOf };
  const allIds = new Set(records.map(({ externalId }) => externalId));
  const counts = { added: 0, changed: 0, unchanged: 0, grantsAdded: 0, grantsRemoved: 0 };
  const active: Active[] = [];
  let foundAgain = 0;
  for (let at = 0; at < records.length; at += batchSize) {
    const done = await writeBatch(ctx, reading, records.slice(at, at + batchSize), {
      allIds,
      completeSince: before.completeSince,
      readBefore: before.everRead,
      complete,
    });
    for (const key of ['added', 'changed', 'unchanged', 'grantsAdded', 'grantsRemoved'] as const) counts[key] += done[key];
    foundAgain += done.foundAgain;
    active.push(...done.active);
  }
  const gone = complete ? await markGone(ctx, reading, { spared }) : { accounts: 0, people: 0 };
  const matching = await matchAccountsOf(ctx, input.appId);
  const all = {
    rows: records.length + refused,
    ...counts,
    refused,
    gone: gone.accounts,
    ...matching,
    ...(nameless > 0 ? { nameless } : {}),
  };
  await ctx.db
    .updateTable('apps_readings')
    .set({
      tells_status: input.records.length === 0 || input.records.some(({ status }) => status !== null),
      counts: JSON.stringify({ ...all, confirmed: input.confirmed ?? false, gonePeople: gone.people }),
    })
    .where('id', '=', readingId)
    .execute();
  await appendAudit(ctx, {
    action: 'accounts.read',
    subject: { kind: 'app', id: input.appId, name: app.name },
    after: { source: input.source, label: input.label, asOf: input.asOf, complete, ...all },
  });
  await tellReappeared(ctx, active, before.everRead);
  await emit(ctx, accountsRead, { appId: input.appId, readingId, accounts: null, people: null });
  return {
    readingId,
    counts: all,
    facts: {
      knownAccounts: before.accounts,
      foundAgain,
      knownPeople: before.people,
      goneAccounts: gone.accounts,
      gonePeople: gone.people,
      gonePeopleLately: before.gonePeopleLately,
    },
  };
}
