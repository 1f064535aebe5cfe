import { isDeepStrictEqual } from 'node:util';
import { changeApp } from '../apps/index.ts';
import { forgetSource } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { seal } from '../platform/secrets.ts';
import { checkConnection, sameHosts } from './check-connection.ts';
import { chooseConnector } from './choose-connector.ts';
import { getReachableConnection, secretsBinding } from './connection-row.ts';
import { sealKept, unsavedFor } from './kept-credentials.ts';
import { secretsOf } from './open-connection.ts';

export type ConnectionChange = { settings?: unknown; secrets?: unknown; syncEveryMinutes?: number | null; takesPeople?: boolean };

/** Changes a connection. Settings that lead to another host need the secrets again: what was entered for one host is never sent to another. */
export async function changeConnection(ctx: Context, connectionId: string, input: ConnectionChange): Promise<void> {
  const row = await getReachableConnection(ctx, connectionId);
  const connector = await chooseConnector(ctx, row.connector, connectionId);
  const settings = input.settings ?? row.settings;
  if (input.secrets === undefined && row.secrets_sealed !== null && !sameHosts(connector, row.settings, settings)) {
    const message = 'The address leads to another host. Enter the secret again, so that it is not sent where it was not meant for.';
    throw invalid('secrets_needed', `${message} Nothing was changed.`, [{ field: 'secrets', message }]);
  }
  const secrets = input.secrets ?? secretsOf(ctx, row);
  const checked = checkConnection(connector, { settings, secrets });
  const every = input.syncEveryMinutes === undefined ? row.sync_every_minutes : input.syncEveryMinutes;
  const takesPeople = (input.takesPeople ?? row.takes_people) && connector.listPeople !== undefined;
  const sealed = Object.keys(checked.secrets).length > 0;
  await ctx.db
    .updateTable('connections_connections')
    .set({
      settings: JSON.stringify(checked.settings),
      ...(input.secrets === undefined
        ? {}
        : {
            // The same secrets again: what the vendor handed out for them goes on.
            ...(row.secrets_sealed !== null && isDeepStrictEqual(checked.secrets, secretsOf(ctx, row))
              ? {}
              : { kept_sealed: sealKept(ctx, connectionId, unsavedFor(ctx.platform, connector.id, checked.secrets)) }),
            secrets_sealed: sealed
              ? seal(ctx.platform.secretKey, secretsBinding(ctx.organizationId, connectionId), JSON.stringify(checked.secrets))
              : null,
          }),
      ...(input.settings === undefined ? {} : { changes_mark: null }),
      sync_every_minutes: every,
      takes_people: takesPeople,
      next_sync_at: every === null ? null : ctx.now.add({ minutes: every }).toString(),
    })
    .where('id', '=', connectionId)
    .execute();
  await appendAudit(ctx, {
    action: 'connection.changed',
    subject: { kind: 'connection', id: connectionId, name: row.app_name },
    before: { settings: row.settings, syncEveryMinutes: row.sync_every_minutes, takesPeople: row.takes_people },
    after: {
      settings: checked.settings,
      syncEveryMinutes: every,
      takesPeople,
      ...(input.secrets === undefined ? {} : { secrets: 'replaced' }),
    },
  });
}

/** Stops all calls of a connection until it is resumed. */
export async function pauseConnection(ctx: Context, connectionId: string): Promise<void> {
  const row = await getReachableConnection(ctx, connectionId);
  if (row.status === 'paused') return;
  await ctx.db.updateTable('connections_connections').set({ status: 'paused' }).where('id', '=', connectionId).execute();
  await appendAudit(ctx, {
    action: 'connection.paused',
    subject: { kind: 'connection', id: connectionId, name: row.app_name },
    before: { status: row.status },
  });
}

/** Lets a paused connection call again. How it fares shows the next sync. */
export async function resumeConnection(ctx: Context, connectionId: string): Promise<void> {
  const row = await getReachableConnection(ctx, connectionId);
  if (row.status !== 'paused') throw conflict('not_paused', `The connection of ${row.app_name} is not paused.`);
  await ctx.db
    .updateTable('connections_connections')
    .set({ status: 'new', next_sync_at: row.sync_every_minutes === null ? null : ctx.now.toString() })
    .where('id', '=', connectionId)
    .execute();
  await appendAudit(ctx, { action: 'connection.resumed', subject: { kind: 'connection', id: connectionId, name: row.app_name } });
  ctx.afterCommit(() => ctx.platform.wake());
}

/** Removes a connection and forgets its secrets. What was read stays; changes in the app are for its owner then. */
export async function removeConnection(ctx: Context, connectionId: string): Promise<void> {
  // In the order in which a sync that takes in what it read holds them: the two wait for each other, and neither fails.
  await ctx.db
    .selectFrom('connections_syncs')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('status', 'in', ['queued', 'running'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const row = await getReachableConnection(ctx, connectionId);
  await ctx.db
    .updateTable('connections_connections')
    .set({ removed_at: ctx.now.toString(), secrets_sealed: null, kept_sealed: null, next_sync_at: null })
    .where('id', '=', connectionId)
    .execute();
  await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'failed', problem: 'The connection was removed meanwhile. Nothing was changed.', finished_at: ctx.now.toString() })
    .where('connection_id', '=', connectionId)
    .where('status', 'in', ['queued', 'running'])
    .execute();
  await forgetSource(ctx, { kind: 'connection', refId: connectionId });
  await ctx.db.deleteFrom('connections_hooks').where('connection_id', '=', connectionId).execute();
  await ctx.db.deleteFrom('connections_simulated').where('connection_id', '=', connectionId).execute();
  await appendAudit(ctx, { action: 'connection.removed', subject: { kind: 'connection', id: connectionId, name: row.app_name } });
  const app = await ctx.db.selectFrom('apps_apps').select('writer').where('id', '=', row.app_id).executeTakeFirstOrThrow();
  if (app.writer === 'connection') await changeApp(ctx, row.app_id, { writer: 'manual' });
}
