import { ConnectorError } from '../../../connectors/kit/index.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { chooseConnector } from '../choose-connector.ts';
import { keptOf } from '../kept-credentials.ts';
import { takeInList } from '../lists/take-in-list.ts';
import { noteHealth } from '../note-health.ts';
import { type OpenConnection, openRow, secretsOf } from '../open-connection.ts';
import { readPeople } from '../people/read-people.ts';
import { beginSync, SyncOvertaken, stillRuns } from './begin-sync.ts';
import { boundedReading } from './bounded-reading.ts';
import { endSync } from './end-sync.ts';
import { followChanges } from './follow-changes.ts';
import { ingestSync } from './ingest-sync.ts';
import { listedEntitlements } from './listed-entitlements.ts';
import { mayPass } from './may-pass.ts';
import { readAppGrants } from './read-app-grants.ts';
import { readingMinutes } from './reading-minutes.ts';
import { saveRecords } from './sync-records.ts';

/** As often as its job is tried, so that no sync is left running. */
const mostAttempts = 6;

/**
 * Runs a sync that was asked for: follows what changed where that suffices, else reads all accounts page by page, outside of transactions, into the sync's own records, then takes them in
 * with one transaction. After a crash it begins anew. A failure of the app is noted with its words and changes nothing;
 * so is what its answers make fail here.
 */
export async function runSync(platform: Platform, organizationId: string, syncId: string): Promise<void> {
  const sync = await runAsSystem(platform, organizationId, (ctx) => beginSync(ctx, syncId));
  if (!sync) return;
  if (sync.kind === 'list') return runList(platform, organizationId, syncId, sync.attempt);
  const fail = (error: ConnectorError) =>
    runAsSystem(platform, organizationId, async (ctx) => {
      if (!(await stillRuns(ctx, syncId, sync.attempt))) return;
      await endSync(ctx, syncId, unchanged(error));
      if (sync.connectionId) await noteHealth(ctx, sync.connectionId, error.message);
      if (sync.connectionId && error.temporary) await trySoon(ctx, sync.connectionId, error.retryAt);
    });
  let connection: OpenConnection | null = null;
  try {
    const deadline = platform.clock.now().add({ minutes: readingMinutes });
    connection = await openFor(platform, organizationId, sync.connectionId, deadline);
    if (!connection) throw new ConnectorError('settings', 'The connection was paused or removed meanwhile.');
    const { session, connector } = connection;
    if (connector.listPeople && !connector.listAccounts)
      return await readPeople(platform, organizationId, { syncId, attempt: sync.attempt, appId: sync.appId }, connection, 'alone');
    if (sync.scope === 'changes' && (await followChanges(platform, organizationId, { syncId, attempt: sync.attempt }, connection))) return;
    if (!connector.listAccounts) throw new ConnectorError('unsupported', `${connector.name} cannot list accounts.`);
    const mark = (await connector.markChanges?.(session)) ?? null;
    const reading = await boundedReading(connector.listAccounts(session), {
      now: () => platform.clock.now(),
      deadline,
      keep: (records, progress) =>
        runAsSystem(platform, organizationId, (ctx) => saveRecords(ctx, { syncId, attempt: sync.attempt }, records, progress)),
    });
    const entitlements = await listedEntitlements(connector, session);
    await runAsSystem(platform, organizationId, async (ctx) => {
      if (!(await stillRuns(ctx, syncId, sync.attempt))) return;
      await noteHealth(ctx, sync.connectionId!, null);
      await ingestSync(ctx, syncId, { ...reading, entitlements, mark });
    });
    await readAppGrants(platform, organizationId, sync.appId, connection);
    if (connection.takesPeople && connector.listPeople)
      await readPeople(platform, organizationId, { syncId, attempt: sync.attempt, appId: sync.appId }, connection, 'beside accounts');
  } catch (error) {
    if (error instanceof SyncOvertaken) return;
    await fail(error instanceof ConnectorError ? error : inWords(platform, syncId, sync.attempt, error));
  } finally {
    connection?.session.close();
  }
}

async function runList(platform: Platform, organizationId: string, syncId: string, attempt: number): Promise<void> {
  try {
    await runAsSystem(platform, organizationId, (ctx) => takeInList(ctx, syncId, attempt));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : inWords(platform, syncId, attempt, error);
    await runAsSystem(platform, organizationId, (ctx) => endSync(ctx, syncId, unchanged(refusal)));
  }
}

/** An unexpected error as one that ends the sync. Throws it on while it may pass, so that the sync is tried again, but not for ever. */
function inWords(platform: Platform, syncId: string, attempt: number, error: unknown): ConnectorError {
  if (mayPass(error) && attempt < mostAttempts) throw error;
  const { message, stack } = error as Error;
  platform.log.error({ sync: syncId, problem: message, stack }, 'a sync met something unexpected and was ended');
  return new ConnectorError('broken', 'Groundcrew could not take in what was given to it.');
}

const calm = 'Nothing was changed.';

/** What went wrong, and that nothing was changed: said once, also where the refusal says so itself. */
const unchanged = ({ message }: Error): string => (message.includes(calm) ? message : `${message} ${calm}`);

async function openFor(
  platform: Platform,
  organizationId: string,
  connectionId: string | null,
  deadline: Temporal.Instant,
): Promise<OpenConnection | null> {
  const found = await runAsSystem(platform, organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_connections')
      .selectAll()
      .where('id', '=', connectionId)
      .where('removed_at', 'is', null)
      .where('status', '<>', 'paused')
      .executeTakeFirst();
    return row
      ? { row, connector: await chooseConnector(ctx, row.connector, row.id), secrets: secretsOf(ctx, row), kept: keptOf(ctx, row) }
      : null;
  });
  return found && openRow(platform, found.row, found.connector, found, { deadline });
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
