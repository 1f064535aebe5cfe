import type { Hono } from 'hono';
import type { HookAnswer, HookRequest, Webhook } from '../../../connectors/kit/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { Refusal } from '../../platform/errors.ts';
import { readBytes } from '../../platform/http/read-bytes.ts';
import type { Platform } from '../../platform/platform.ts';
import { chooseConnector } from '../choose-connector.ts';
import { bringSyncForward } from '../syncs/bring-forward.ts';
import { hookSecret } from './hook-row.ts';

const bodyLimit = 1024 * 1024;
const longestKey = 100;
/** An app that tells what changed is read soon; one that is read whole each time is spared. */
const apartSeconds = { changes: 60, whole: 300 };
/** How often it is noted that something was heard. */
const notedEverySeconds = 60;

/** Serves the addresses at which vendors say that something changed: /hooks/KEY. What nobody signed is refused (401), whatever it says. */
export function serveHooks(app: Pick<Hono, 'all'>, platform: Platform): void {
  app.all('/hooks/:key', async (c) => {
    try {
      return await hear(platform, c.req.param('key') ?? '', c.req.raw);
    } catch (error) {
      if (error instanceof Refusal && error.status === 413) return plain({ status: 413, contentType: 'text/plain', body: '' });
      platform.log.error({ problem: (error as Error).message, stack: (error as Error).stack }, 'a hook failed');
      return plain({ status: 500, contentType: 'text/plain', body: '' });
    }
  });
}

const refused: HookAnswer = { status: 401, contentType: 'text/plain', body: '' };
const taken: HookAnswer = { status: 200, contentType: 'text/plain', body: '' };

const plain = ({ status, contentType, body }: HookAnswer) =>
  new Response(body, {
    status,
    headers: { 'content-type': `${contentType}; charset=utf-8`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });

type Found = { appId: string; connectionId: string; webhook: Webhook<unknown>; secret: string; followsChanges: boolean };

async function hear(platform: Platform, key: string, raw: Request): Promise<Response> {
  const place = key.length > longestKey ? null : await placeOf(platform, key);
  const found = place && (await findHook(platform, place));
  if (!found) return plain(refused);
  const url = new URL(raw.url);
  const request: HookRequest = {
    method: raw.method,
    query: url.searchParams,
    headers: Object.fromEntries(raw.headers),
    body: raw.method === 'GET' || raw.method === 'HEAD' ? new Uint8Array() : await readBytes(raw, bodyLimit),
  };
  const asked = found.webhook.handshake?.(request);
  if (asked) return plain(asked);
  if (!found.webhook.verify(request, found.secret, platform.clock.now())) return plain(refused);
  const apart = found.followsChanges ? apartSeconds.changes : apartSeconds.whole;
  await runAsSystem(platform, place.organizationId, async (ctx) => {
    await ctx.db
      .updateTable('connections_hooks')
      .set({ last_heard_at: ctx.now.toString() })
      .where('connection_id', '=', found.connectionId)
      .where((e) =>
        e.or([e('last_heard_at', 'is', null), e('last_heard_at', '<', ctx.now.subtract({ seconds: notedEverySeconds }).toString())]),
      )
      .execute();
    await bringSyncForward(ctx, found.appId, apart);
  });
  return plain(found.webhook.answer?.(request) ?? taken);
}

async function placeOf(platform: Platform, key: string): Promise<{ organizationId: string; connectionId: string } | null> {
  const { rows } = await sql<{ organization_id: string; connection_id: string }>`select * from connection_of_hook(${key})`.execute(
    platform.database,
  );
  return rows[0] ? { organizationId: rows[0].organization_id, connectionId: rows[0].connection_id } : null;
}

async function findHook(platform: Platform, place: { organizationId: string; connectionId: string }): Promise<Found | null> {
  return runAsSystem(platform, place.organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_hooks')
      .innerJoin('connections_connections', 'connections_connections.id', 'connections_hooks.connection_id')
      .selectAll('connections_hooks')
      .select(['connections_connections.app_id', 'connections_connections.connector'])
      .where('connections_hooks.connection_id', '=', place.connectionId)
      .where('connections_connections.removed_at', 'is', null)
      .executeTakeFirst();
    if (!row) return null;
    const connector = await chooseConnector(ctx, row.connector, row.connection_id);
    const secret = hookSecret(ctx, row);
    if (!connector.webhook || secret === null) return null;
    return {
      appId: row.app_id,
      connectionId: row.connection_id,
      webhook: connector.webhook,
      secret,
      followsChanges: connector.listChanges !== undefined,
    };
  });
}
