import { type AccountRecord, unknownAccount } from '../../connectors/kit/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { getReachableApp } from './app-reach.ts';
import { matchAccountsOf } from './match-accounts-of.ts';
import { insertReading } from './reading/insert-reading.ts';
import { tellReappeared } from './reading/tell-reappeared.ts';
import { writeBatch } from './reading/write-batch.ts';

/** One account, by our id with what was seen, or by the record that the app gave. A record of null or status 'gone': the app says there is none. */
export type Observation = { asOf: string; label: string; source: 'read-back' | 'person' } & (
  | { accountId: string; record: AccountRecord | null }
  | { accountId: string; status: 'active' | 'suspended' | 'gone' | null }
  // `personId`: whose account it is, because it was made for them.
  | { appId: string; record: AccountRecord; personId?: string }
);

/** Takes in what was seen of one account. What is known to be newer stays. Returns the account as it is known then. */
export async function observeAccount(
  ctx: Context,
  seen: Observation,
): Promise<{ accountId: string; readingId: string; status: string | null; statusObservedAt: string | null }> {
  const account =
    'accountId' in seen ? await ctx.db.selectFrom('apps_accounts').selectAll().where('id', '=', seen.accountId).executeTakeFirst() : null;
  if (account === undefined) throw notFound('account');
  const appId = account?.app_id ?? (seen as { appId: string }).appId;
  await getReachableApp({ ...ctx, reach: 'all' }, appId, { lock: true });
  const readingId = await insertReading(ctx, { appId, source: seen.source, label: seen.label, asOf: seen.asOf, complete: false });
  const reading = { appId, readingId, asOf: seen.asOf };
  const record = recordOf(seen, account?.external_id);
  let accountId = account?.id ?? null;
  if (record === null) await noteGone(ctx, account!.id, reading);
  else {
    const given = account && record.externalId !== account.external_id ? { ...record, externalId: account.external_id } : record;
    const done = await writeBatch(ctx, reading, [given], {
      allIds: new Set([given.externalId]),
      completeSince: null,
      readBefore: true,
      complete: true,
    });
    accountId ??= done.accountIds[0] ?? null;
    if ('personId' in seen && seen.personId && accountId) await confirmOwner(ctx, accountId, seen.personId);
    await matchAccountsOf(ctx, appId, accountId ? [accountId] : undefined);
    await tellReappeared(ctx, done.active, true);
  }
  const now = await ctx.db
    .selectFrom('apps_accounts')
    .select(['id', 'user_name', 'external_id', 'person_id', 'status', 'status_observed_at'])
    .where('app_id', '=', appId)
    .where((eb) => (accountId ? eb('id', '=', accountId) : eb('external_id', '=', record!.externalId)))
    .executeTakeFirstOrThrow();
  if (now.status !== (account?.status ?? null)) {
    await appendAudit(ctx, {
      action: 'account.observed',
      subject: { kind: 'account', id: now.id, name: now.user_name ?? now.external_id },
      before: { status: account?.status ?? null },
      after: { status: now.status, asOf: seen.asOf, label: seen.label },
      people: now.person_id ? [now.person_id] : [],
    });
  }
  return { accountId: now.id, readingId, status: now.status, statusObservedAt: now.status_observed_at };
}

async function confirmOwner(ctx: Context, accountId: string, personId: string): Promise<void> {
  await ctx.db
    .updateTable('apps_accounts')
    .set({ person_id: personId, matched_how: 'confirmed', suggested_person_id: null, suggested_why: null })
    .where('id', '=', accountId)
    .where('kind', '=', 'person')
    .where((e) => e.or([e('person_id', 'is', null), e('person_id', '=', personId)]))
    .execute();
}

function recordOf(seen: Observation, externalId: string | undefined): AccountRecord | null {
  if ('record' in seen) return seen.record;
  if (seen.status === 'gone') return null;
  return { ...unknownAccount(externalId!), status: seen.status };
}

async function noteGone(ctx: Context, accountId: string, reading: { readingId: string; asOf: string }): Promise<void> {
  await sql`
    with gone as (
      update apps_accounts set status = 'gone', status_observed_at = ${reading.asOf}, observed_at = ${reading.asOf}, reading_id = ${reading.readingId}
      where id = ${accountId} and observed_at <= ${reading.asOf} returning organization_id, id
    )
    delete from apps_grants g using gone where g.organization_id = gone.organization_id and g.account_id = gone.id`.execute(ctx.db);
}
