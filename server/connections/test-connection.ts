import {
  type Check,
  ConnectorError,
  connectorWith,
  failedCheck,
  openSession,
  testConnection as runChecks,
} from '../../connectors/kit/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import type { Edge } from '../platform/http/route.ts';
import { sameHosts } from './check-connection.ts';
import { chooseConnector } from './choose-connector.ts';
import { getReachableConnection } from './connection-row.ts';
import { keepFor, keptOf, rememberUnsaved, unsavedFor } from './kept-credentials.ts';
import { noteHealth } from './note-health.ts';
import { secretsOf } from './open-connection.ts';

export type Tested = { ok: boolean; checks: Check[] };

/**
 * Tests a connection in plain words, changing nothing in the app. With `connectionId` the stored settings and secrets are used where none
 * are given; stored secrets only for the hosts they were entered for. A test of what is stored is noted as its health.
 */
export async function testConnection(
  edge: Edge,
  input: { connectionId?: string; connector?: string; settings?: unknown; secrets?: unknown },
): Promise<Tested> {
  const what = await edge.run((ctx) => toTest(ctx, input));
  const checks = await check(edge, what);
  const ok = checks.every((one) => one.ok !== false);
  if (what.isStored && input.connectionId) await edge.run((ctx) => noteTest(ctx, input.connectionId!, { ok, checks }));
  return { ok, checks };
}

/** The settings and secrets that a test is made with: those given, else those kept, the secrets only for the hosts they were entered for. */
export async function toTest(ctx: Context, input: { connectionId?: string; connector?: string; settings?: unknown; secrets?: unknown }) {
  if (!input.connectionId) {
    const connector = await chooseConnector(ctx, input.connector ?? '', '00000000-0000-0000-0000-000000000000');
    return { connector, settings: input.settings, secrets: input.secrets, isStored: false, row: null, kept: {} };
  }
  const row = await getReachableConnection(ctx, input.connectionId);
  const connector = await chooseConnector(ctx, row.connector, row.id);
  const settings = input.settings ?? row.settings;
  if (input.secrets === undefined && row.secrets_sealed !== null && !sameHosts(connector, row.settings, settings)) {
    const message = 'The address leads to another host. Enter the secret again, so that it is not sent where it was not meant for.';
    throw invalid('secrets_needed', `${message} Nothing was called.`, [{ field: 'secrets', message }]);
  }
  const isStored = input.settings === undefined && input.secrets === undefined;
  return input.secrets === undefined
    ? { connector, settings, secrets: secretsOf(ctx, row), isStored, row, kept: keptOf(ctx, row) }
    : { connector, settings, secrets: input.secrets, isStored, row: null, kept: {} };
}

async function check(edge: Edge, what: Awaited<ReturnType<typeof toTest>>): Promise<Check[]> {
  try {
    const connector = connectorWith(what.connector, what.settings);
    const secrets = connector.secrets.safeParse(what.secrets).data ?? what.secrets;
    const session = openSession(connector, {
      settings: what.settings,
      secrets: what.secrets,
      outbound: edge.platform.outbound,
      clock: edge.platform.clock,
      kept: what.row ? what.kept : (unsavedFor(edge.platform, connector.id, secrets) ?? {}),
      keep: what.row ? keepFor(edge.platform, what.row) : async (kept) => rememberUnsaved(edge.platform, connector.id, secrets, kept),
      retry: { attempts: 2 },
    });
    try {
      return await runChecks(connector, session);
    } finally {
      session.close();
    }
  } catch (error) {
    if (error instanceof ConnectorError) return [failedCheck(error)];
    throw error;
  }
}

async function noteTest(ctx: Context, connectionId: string, tested: Tested): Promise<void> {
  const row = await getReachableConnection(ctx, connectionId);
  await ctx.db
    .updateTable('connections_connections')
    .set({ last_checks: JSON.stringify(tested.checks) })
    .where('id', '=', connectionId)
    .execute();
  await appendAudit(ctx, {
    action: 'connection.tested',
    subject: { kind: 'connection', id: connectionId, name: row.app_name },
    after: { ok: tested.ok },
  });
  await noteHealth(ctx, connectionId, tested.ok ? null : (tested.checks.find((one) => one.ok === false)?.words ?? 'The test failed.'));
}
