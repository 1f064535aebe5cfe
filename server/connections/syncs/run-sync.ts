import { type AccountRecord, ConnectorError, readPages } from '../../../connectors/kit/index.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { chooseConnector } from '../choose-connector.ts';
import { takeInList } from '../lists/take-in-list.ts';
import { noteHealth } from '../note-health.ts';
import { type OpenConnection, openRow, secretsOf } from '../open-connection.ts';
import { beginSync, SyncOvertaken, stillRuns } from './begin-sync.ts';
import { endSync } from './end-sync.ts';
import { ingestSync } from './ingest-sync.ts';
import { saveRecords } from './sync-records.ts';

/**
 * Runs a sync that was asked for: reads all accounts page by page, outside of transactions, into the sync's own records, then takes them in
 * with one transaction. After a crash it begins anew. A failure of the app is noted with its words and changes nothing.
 */
export async function runSync(platform: Platform, organizationId: string, syncId: string): Promise<void> {
  const sync = await runAsSystem(platform, organizationId, (ctx) => beginSync(ctx, syncId));
  if (!sync) return;
  if (sync.kind === 'list') return runList(platform, organizationId, syncId, sync.attempt);
  const fail = (error: ConnectorError) =>
    runAsSystem(platform, organizationId, async (ctx) => {
      if (!(await stillRuns(ctx, syncId, sync.attempt))) return;
      await endSync(ctx, syncId, `${error.message} Nothing was changed.`);
      if (sync.connectionId) await noteHealth(ctx, sync.connectionId, error.message);
      if (sync.connectionId && error.temporary) await trySoon(ctx, sync.connectionId, error.retryAt);
    });
  let connection: OpenConnection | null = null;
  try {
    connection = await openFor(platform, organizationId, sync.connectionId);
    if (!connection) throw new ConnectorError('settings', 'The connection was paused or removed meanwhile.');
    const { session, connector } = connection;
    if (!connector.listAccounts) throw new ConnectorError('unsupported', `${connector.name} cannot list accounts.`);
    const reading = await readPages<AccountRecord>(connector.listAccounts(session), {
      idOf: ({ externalId }) => externalId,
      onPage: (records, progress) =>
        runAsSystem(platform, organizationId, (ctx) => saveRecords(ctx, { syncId, attempt: sync.attempt }, records, progress)),
    });
    await runAsSystem(platform, organizationId, async (ctx) => {
      if (!(await stillRuns(ctx, syncId, sync.attempt))) return;
      await noteHealth(ctx, sync.connectionId!, null);
      await ingestSync(ctx, syncId, { complete: reading.complete, words: reading.words });
    });
  } catch (error) {
    if (error instanceof SyncOvertaken) return;
    if (!(error instanceof ConnectorError)) throw error;
    await fail(error);
  } finally {
    connection?.session.close();
  }
}

async function runList(platform: Platform, organizationId: string, syncId: string, attempt: number): Promise<void> {
  try {
    await runAsSystem(platform, organizationId, (ctx) => takeInList(ctx, syncId, attempt));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await runAsSystem(platform, organizationId, (ctx) => endSync(ctx, syncId, `${error.message} Nothing was changed.`));
  }
}

async function openFor(platform: Platform, organizationId: string, connectionId: string | null): Promise<OpenConnection | null> {
  const found = await runAsSystem(platform, organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_connections')
      .selectAll()
      .where('id', '=', connectionId)
      .where('removed_at', 'is', null)
      .where('status', '<>', 'paused')
      .executeTakeFirst();
    return row ? { row, connector: await chooseConnector(ctx, row.connector, row.id), secrets: secretsOf(ctx, row) } : null;
  });
  return found && openRow(platform, found.row, found.connector, found.secrets);
}

/** An app that was only away for a moment is asked again sooner than its rhythm says, during the first hour. */
async function trySoon(ctx: Context, connectionId: string, asked: Temporal.Instant | null): Promise<void> {
  const soon = asked ?? ctx.now.add({ minutes: 5 });
  await ctx.db
    .updateTable('connections_connections')
    .set({ next_sync_at: soon.toString() })
    .where('id', '=', connectionId)
    .where('next_sync_at', '>', soon.toString())
    .where('failing_since', '>', ctx.now.subtract({ hours: 1 }).toString())
    .execute();
}
