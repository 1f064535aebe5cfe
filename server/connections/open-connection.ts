import { createHash } from 'node:crypto';
import {
  type Connector,
  type CredentialHolder,
  connectorWith,
  createRateLimiter,
  type Kept,
  openSession,
  type RateLimiter,
  realWait,
  type Session,
  type SessionOptions,
} from '../../connectors/kit/index.ts';
import { systemClock } from '../platform/clock.ts';
import { type Context, runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { unseal } from '../platform/secrets.ts';
import { chooseConnector } from './choose-connector.ts';
import { type ConnectionRow, secretsBinding } from './connection-row.ts';
import { keepFor, keptOf } from './kept-credentials.ts';

export type OpenConnection = {
  connector: Connector;
  session: Session;
  connectionId: string;
  settlingSeconds: number;
  takesPeople: boolean;
};

/** How long and how often a session tries; the connector kit's own when nothing is said. */
export type SessionLimits = Pick<SessionOptions, 'deadline' | 'retry'>;

/**
 * Opens the connection of an app, for reading and changing accounts. null when the app has none, or it is paused. Outside transactions.
 * Whoever opens closes the session. Throws ConnectorError `settings` when settings or secrets do not fit the connector any more.
 */
export async function openConnection(
  platform: Platform,
  organizationId: string,
  appId: string,
  limits: SessionLimits = {},
): Promise<OpenConnection | null> {
  const found = await runAsSystem(platform, organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_connections')
      .selectAll()
      .where('app_id', '=', appId)
      .where('removed_at', 'is', null)
      .where('status', '<>', 'paused')
      .executeTakeFirst();
    return row
      ? { row, connector: await chooseConnector(ctx, row.connector, row.id), secrets: secretsOf(ctx, row), kept: keptOf(ctx, row) }
      : null;
  });
  if (found?.connector.reads !== 'connection') return null;
  return openRow(platform, found.row, found.connector, found, limits);
}

/** The secrets of a stored connection. */
export function secretsOf(ctx: Context, row: ConnectionRow): unknown {
  if (row.secrets_sealed === null) return {};
  return JSON.parse(unseal(ctx.platform.secretKey, secretsBinding(ctx.organizationId, row.id), row.secrets_sealed));
}

/** Opens a stored connection with secrets that were unsealed before. All sessions of one connection share its rate limit and what it was let in with. */
export function openRow(
  platform: Platform,
  row: ConnectionRow,
  kind: Connector,
  { secrets, kept }: { secrets: unknown; kept: Kept },
  limits: SessionLimits = {},
): OpenConnection {
  const connector = connectorWith(kind, row.settings);
  const session = openSession(connector, {
    ...limits,
    settings: row.settings,
    secrets,
    outbound: platform.outbound,
    clock: platform.clock,
    limiter: limiterOf(platform, row.id, connector),
    credential: credentialOf(platform, row, connector),
    kept,
    keep: keepFor(platform, row),
  });
  const settlingSeconds = row.settling_seconds ?? connector.settlingSeconds(session.settings);
  return { connector, session, connectionId: row.id, settlingSeconds, takesPeople: row.takes_people };
}

// Real time: how fast calls may follow one another does not depend on a clock that is held.
const limiters = new WeakMap<Platform, Map<string, RateLimiter>>();

function limiterOf(platform: Platform, connectionId: string, connector: Connector): RateLimiter | undefined {
  if (!connector.rateLimit) return undefined;
  const known = limiters.get(platform) ?? new Map<string, RateLimiter>();
  limiters.set(platform, known);
  const limiter = known.get(connectionId) ?? createRateLimiter(connector.rateLimit, systemClock, realWait);
  known.set(connectionId, limiter);
  return limiter;
}

// What vendors handed out, in memory only. Other settings or secrets make another one.
const credentials = new WeakMap<Platform, Map<string, { madeFrom: string; holder: CredentialHolder }>>();

function credentialOf(platform: Platform, row: ConnectionRow, connector: Connector): CredentialHolder | undefined {
  if (!connector.credential) return undefined;
  const madeFrom = createHash('sha256')
    .update(JSON.stringify(row.settings))
    .update(row.secrets_sealed ?? '')
    .digest('hex');
  const known = credentials.get(platform) ?? new Map<string, { madeFrom: string; holder: CredentialHolder }>();
  credentials.set(platform, known);
  const kept = known.get(row.id);
  if (kept?.madeFrom === madeFrom) return kept.holder;
  const holder: CredentialHolder = { current: null };
  known.set(row.id, { madeFrom, holder });
  return holder;
}
