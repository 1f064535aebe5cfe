import { type AccountRecord, ConnectorError, keepableRecord } from '../../../connectors/kit/index.ts';
import { recordChanges } from '../../apps/index.ts';
import { type Context, runAsSystem, runUndoably } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { brakesOf } from '../brakes.ts';
import { noteHealth } from '../note-health.ts';
import type { OpenConnection } from '../open-connection.ts';
import { stillRuns } from './begin-sync.ts';

/** After so many hours everything is read again, whatever the app says changed: what it forgot to tell is found then. */
const wholeEveryHours = 24;

/** With more changes than these a whole reading is no dearer. */
const mostChanges = 5_000;

type Changes = { changed: AccountRecord[]; gone: string[]; next: string; asOf: string };

/**
 * Reads only what changed since the mark of the connection, and takes it in. Returns false, with nothing touched, when everything is to be read
 * instead: there is no mark, it is too old, the last whole reading is a day ago, too much changed, a record cannot be kept, or a brake would hold it
 * (a whole reading then shows a person all that it would do). Throws ConnectorError when the app does not answer.
 */
export async function followChanges(
  platform: Platform,
  organizationId: string,
  sync: { syncId: string; attempt: number },
  connection: OpenConnection,
): Promise<boolean> {
  if (!connection.connector.listChanges) return false;
  const from = await runAsSystem(platform, organizationId, (ctx) => markOf(ctx, connection.connectionId));
  if (from === null) return false;
  const changes = await readChanges(connection, from, platform.clock.now().toString());
  if (changes === null) return false;
  return runAsSystem(platform, organizationId, async (ctx) => {
    if (!(await stillRuns(ctx, sync.syncId, sync.attempt))) return true;
    return ingestChanges(ctx, sync.syncId, connection.connectionId, changes);
  });
}

async function markOf(ctx: Context, connectionId: string): Promise<string | null> {
  const since = ctx.now.subtract({ hours: wholeEveryHours }).toString();
  const row = await ctx.db
    .selectFrom('connections_connections')
    .select('changes_mark')
    .where('id', '=', connectionId)
    .where('read_whole_at', '>', since)
    .executeTakeFirst();
  return row?.changes_mark ?? null;
}

async function readChanges({ connector, session }: OpenConnection, from: string, asOf: string): Promise<Changes | null> {
  const changed = new Map<string, AccountRecord>();
  const gone = new Set<string>();
  let next: string | null = null;
  try {
    for await (const page of connector.listChanges!(session, from)) {
      for (const record of page.changed) {
        const kept = keepableRecord(record).record;
        if (kept === null) return null;
        changed.set(kept.externalId, kept);
        gone.delete(kept.externalId);
      }
      for (const id of page.gone) {
        gone.add(id);
        changed.delete(id);
      }
      if (changed.size + gone.size > mostChanges) return null;
      next = page.next ?? next;
    }
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'changed') return null;
    throw error;
  }
  // A list of changes that does not say where the next one begins was cut short.
  return next === null ? null : { changed: [...changed.values()], gone: [...gone], next, asOf };
}

async function ingestChanges(ctx: Context, syncId: string, connectionId: string, changes: Changes): Promise<boolean> {
  const sync = await ctx.db
    .selectFrom('connections_syncs')
    .innerJoin('apps_apps', 'apps_apps.id', 'connections_syncs.app_id')
    .select(['connections_syncs.app_id', 'apps_apps.name'])
    .where('connections_syncs.id', '=', syncId)
    .executeTakeFirstOrThrow();
  const total = changes.changed.length + changes.gone.length;
  const taken = await runUndoably(
    ctx,
    async (inner) => {
      const input = { appId: sync.app_id, label: `the connection of ${sync.name}`, ...changes };
      const done = await recordChanges(inner, input);
      // Only who goes is weighed: how much of what is known comes again says nothing where only changes are read.
      const reasons = brakesOf({ ...done.facts, knownAccounts: 0, rows: Math.max(1, total), truncated: null, what: 'sync' });
      return { ...done, reasons };
    },
    ({ reasons }) => reasons.length === 0,
  );
  if (taken.reasons.length > 0) return false;
  await noteHealth(ctx, connectionId, null);
  await ctx.db.updateTable('connections_connections').set({ changes_mark: changes.next }).where('id', '=', connectionId).execute();
  await ctx.db
    .updateTable('connections_syncs')
    .set({
      status: 'done',
      as_of: changes.asOf,
      notes: [
        total === 0 ? 'Nothing changed since the last reading.' : `Read ${total.toLocaleString('en')} that changed since the last reading.`,
      ],
      counts: JSON.stringify({ ...taken.counts, read: total }),
      reading_id: taken.readingId,
      finished_at: ctx.now.toString(),
    })
    .where('id', '=', syncId)
    .execute();
  return true;
}
