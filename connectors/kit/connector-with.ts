import type { Connector } from './define-connector.ts';

/** A connector as the settings of one connection make it. Settings that do not fit leave it as it is: opening a session says what is wrong. */
export function connectorWith(connector: Connector, settings: unknown): Connector {
  if (!connector.withSettings) return connector;
  const parsed = connector.settings.safeParse(settings ?? {});
  return parsed.success ? connector.withSettings(parsed.data) : connector;
}
