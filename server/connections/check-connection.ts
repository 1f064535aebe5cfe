import type { z } from 'zod';
import { type Connector, ConnectorError } from '../../connectors/kit/index.ts';
import { invalid, type Problem } from '../platform/errors.ts';

/** Settings and secrets as the connector reads them. Throws a Refusal that names each field. Calls nothing. */
export function checkConnection(
  connector: Connector,
  given: { settings: unknown; secrets: unknown },
): { settings: Record<string, unknown>; secrets: Record<string, unknown> } {
  const problems: Problem[] = [];
  const settings = parsed(connector.settings, given.settings, 'settings', problems);
  const secrets = parsed(connector.secrets, given.secrets, 'secrets', problems);
  if (problems.length > 0)
    throw invalid('invalid_connection', 'Something about this connection is not right. Nothing was saved.', problems);
  try {
    connector.authorization(settings, secrets);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    throw invalid('invalid_connection', `${error.message} Nothing was saved.`, [{ field: 'secrets', message: error.message }]);
  }
  return { settings: settings as Record<string, unknown>, secrets: secrets as Record<string, unknown> };
}

function parsed(schema: z.ZodType, value: unknown, what: string, problems: Problem[]): unknown {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  problems.push(...result.error.issues.map(({ path, message }) => ({ field: [what, ...path].join('.'), message })));
  return null;
}

/** Whether two settings lead to the same hosts, so that a secret entered for one may be sent with the other. */
export const sameHosts = (connector: Connector, one: unknown, other: unknown): boolean =>
  hostsOf(connector, one) === hostsOf(connector, other);

function hostsOf(connector: Connector, settings: unknown): string {
  const result = connector.settings.safeParse(settings);
  return result.success ? JSON.stringify([...connector.hosts(result.data)].sort()) : 'unreadable';
}
