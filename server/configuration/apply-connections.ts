import { isDeepStrictEqual } from 'node:util';
import { type Connector, connectorWith } from '../../connectors/kit/index.ts';
import { changeConnection } from '../connections/change-connection.ts';
import { addConnection } from '../connections/index.ts';
import type { AppIds } from './apply-apps.ts';
import { type AppEntry, type ConnectionEntry, connectionOf } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, complain, isSound, type Push, type Secrets } from './push.ts';
import { type Current, type CurrentConnection, declared } from './read-current.ts';

type At = (string | number)[];

/** Adds and changes the connections of apps. Nothing is called; without new secrets a connection keeps those it has. */
export async function applyConnections(
  push: Push,
  entries: Entry<AppEntry>[],
  ids: AppIds,
  current: Current,
  secrets: Secrets,
): Promise<void> {
  const given = new Map(Object.entries(secrets).map(([app, values]) => [app.toLowerCase(), values]));
  for (const { path, value: app } of entries) {
    const appId = ids.get(app.name.toLowerCase());
    const entry = connectionOf(app);
    if (!entry || !appId) continue;
    const there = current.apps.find(({ id }) => id === appId)?.connection ?? null;
    const at = [...path, 'connection'];
    const connector = isSound(push, at) ? chooseConnector(push, at, entry, there) : null;
    if (!connector) continue;
    const values = given.get(app.name.toLowerCase()) ?? {};
    if (there) await change(push, at, { app, entry, there, connector, values });
    else await add(push, at, { app, entry, appId, connector, values });
  }
}

function chooseConnector(push: Push, at: At, { connector: id }: ConnectionEntry, there: CurrentConnection | null): Connector | null {
  if (!there || there.connector === id) return declared(id);
  complain(
    push,
    [...at, 'connector'],
    `The app is connected by '${there.connector}'. Push the app with connection: { removed: true } first, then push this again.`,
  );
  return null;
}

type Adding = { app: AppEntry; entry: ConnectionEntry; appId: string; connector: Connector; values: Record<string, string> };

async function add(push: Push, at: At, { app, entry, appId, connector, values }: Adding): Promise<void> {
  const { settings = {}, secrets = {}, syncEveryMinutes, takesPeople } = entry;
  const missing = missingSecrets(push, at, secrets, values);
  // Where the file does not say who writes, a connection that can, does.
  const writes = app.writer === undefined;
  const writer = writes && connectorWith(connector, settings).suspendAccount ? { writer: 'connection' } : {};
  const line = { what: 'connection' as const, name: app.name, before: null, after: { connector: connector.id, ...settings, ...writer } };
  if (missing.length > 0) {
    push.lines.push({ ...line, change: 'new', words: `by ${connector.name}; needs ${missing.join(', ')}` });
    return;
  }
  await attempt(push, at, {}, () =>
    addConnection(push.ctx, {
      appId,
      connector: connector.id,
      settings,
      secrets: chosen(secrets, values),
      ...(syncEveryMinutes === undefined ? {} : { syncEveryMinutes }),
      ...(takesPeople === undefined ? {} : { takesPeople }),
      writes,
    }),
  );
  push.lines.push({ ...line, change: 'new', words: `by ${connector.name}` });
}

/** The variables of those secrets that the file names and nobody sent. A preview does without; a push does not. */
function missingSecrets(push: Push, at: At, secrets: NonNullable<ConnectionEntry['secrets']>, values: Record<string, string>): string[] {
  const missing = Object.entries(secrets).filter(([name]) => values[name] === undefined);
  if (push.dry) return missing.map(([, { env }]) => env);
  for (const [name, { env }] of missing)
    complain(push, [...at, 'secrets', name], `The value of ${env} was not sent. Push from where ${env} is set.`);
  return missing.map(([, { env }]) => env);
}

const chosen = (named: Record<string, unknown>, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(named, name)));

type Changing = { app: AppEntry; entry: ConnectionEntry; there: CurrentConnection; connector: Connector; values: Record<string, string> };

async function change(push: Push, at: At, { app, entry, there, connector, values }: Changing): Promise<void> {
  const { settings, secrets = {}, syncEveryMinutes, takesPeople } = entry;
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  if (settings !== undefined) {
    const given = connector.settings.parse(settings) as Record<string, unknown>;
    for (const key of new Set([...Object.keys(given), ...Object.keys(there.settings)])) {
      if (isDeepStrictEqual(given[key], there.settings[key])) continue;
      before[`settings.${key}`] = there.settings[key] ?? null;
      after[`settings.${key}`] = given[key] ?? null;
    }
  }
  if (syncEveryMinutes !== undefined && syncEveryMinutes !== there.syncEveryMinutes) {
    before.syncEveryMinutes = there.syncEveryMinutes;
    after.syncEveryMinutes = syncEveryMinutes;
  }
  if (takesPeople !== undefined && takesPeople !== there.takesPeople) {
    before.takesPeople = there.takesPeople;
    after.takesPeople = takesPeople;
  }
  const sent = chosen(secrets, values);
  const sends = Object.keys(sent).length > 0;
  // All or none: what was entered for one host is sent to another only when it was given again.
  if (sends && missingSecrets(push, at, secrets, values).length > 0) return;
  const replaces = sends && !isDeepStrictEqual(sent, there.secrets);
  const line = { what: 'connection' as const, name: app.name };
  if (Object.keys(after).length === 0 && !replaces) {
    push.lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return;
  }
  await attempt(push, at, {}, () =>
    changeConnection(push.ctx, there.id, {
      ...(settings === undefined ? {} : { settings }),
      ...(sends ? { secrets: sent } : {}),
      ...(syncEveryMinutes === undefined ? {} : { syncEveryMinutes }),
      ...(takesPeople === undefined ? {} : { takesPeople }),
    }),
  );
  const words = [changeWords(before, after), replaces ? `secrets: replaced (${Object.keys(sent).join(', ')})` : '']
    .filter(Boolean)
    .join('; ');
  push.lines.push({ ...line, change: 'changed', words, before, after });
}
