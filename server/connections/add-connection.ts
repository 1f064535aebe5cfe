import { connectorWith } from '../../connectors/kit/index.ts';
import { addApp, changeApp, getReachableApp } from '../apps/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { seal } from '../platform/secrets.ts';
import { checkConnection } from './check-connection.ts';
import { chooseConnector } from './choose-connector.ts';
import { secretsBinding } from './connection-row.ts';
import { sealKept, unsavedFor } from './kept-credentials.ts';

export type NewConnection = {
  /** The app, or the name of a new one. */
  appId?: string;
  appName?: string;
  connector: string;
  settings: unknown;
  secrets: unknown;
  /** null: only when somebody asks for it. */
  syncEveryMinutes?: number | null;
  /** Changes in the app are made through this connection from now on. */
  writes?: boolean;
  /** Who works here is taken over from it too, where its system knows. */
  takesPeople?: boolean;
};

/** Connects an app. Secrets are sealed and never returned. Nothing is called; the first reading is `startSync`. */
export async function addConnection(ctx: Context, input: NewConnection): Promise<{ connectionId: string; appId: string }> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(ctx.db);
  const connectionId = rows[0]!.id;
  const connector = await chooseConnector(ctx, input.connector, connectionId);
  if (connector.reads !== 'connection') {
    const message = `${connector.name} needs no connection: give the app a list, or name its owner.`;
    throw invalid('not_a_connection', message, [{ field: 'connector', message }]);
  }
  const checked = checkConnection(connector, input);
  const appId = input.appId ?? (await addApp(ctx, { name: input.appName ?? '' }));
  const app = await getReachableApp(ctx, appId, { lock: true });
  const there = await ctx.db
    .selectFrom('connections_connections')
    .select('id')
    .where('app_id', '=', appId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (there) throw conflict('already_connected', `${app.name} is connected already. Change that connection, or remove it first.`);
  const every = input.syncEveryMinutes === undefined ? 60 : input.syncEveryMinutes;
  const sealed = Object.keys(checked.secrets).length > 0;
  await ctx.db
    .insertInto('connections_connections')
    .values({
      organization_id: ctx.organizationId,
      id: connectionId,
      app_id: appId,
      connector: connector.id,
      settings: JSON.stringify(checked.settings),
      secrets_sealed: sealed
        ? seal(ctx.platform.secretKey, secretsBinding(ctx.organizationId, connectionId), JSON.stringify(checked.secrets))
        : null,
      kept_sealed: sealKept(ctx, connectionId, unsavedFor(ctx.platform, connector.id, checked.secrets)),
      sync_every_minutes: every,
      takes_people: input.takesPeople === true && connector.listPeople !== undefined,
      next_sync_at: every === null ? null : ctx.now.add({ minutes: every }).toString(),
      created_at: ctx.now.toString(),
    })
    .execute();
  await appendAudit(ctx, {
    action: 'connection.added',
    subject: { kind: 'connection', id: connectionId, name: app.name },
    after: { app: appId, connector: connector.id, settings: checked.settings, secrets: sealed ? 'given' : 'none', syncEveryMinutes: every },
  });
  if (input.writes !== false && connectorWith(connector, checked.settings).suspendAccount)
    await changeApp(ctx, appId, { writer: 'connection' });
  return { connectionId, appId };
}
