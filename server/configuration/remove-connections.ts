import { removeConnection } from '../connections/change-connection.ts';
import type { AppIds } from './apply-apps.ts';
import type { AppEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, complain, type Push } from './push.ts';
import type { Current, CurrentApp } from './read-current.ts';

/**
 * Removes the connections whose entry says `{ removed: true }`. Nobody loses access by it: accounts in the app are not touched, and what was
 * read stays. Where there is none any more, nothing happens.
 */
export async function removeConnections(push: Push, entries: Entry<AppEntry>[], ids: AppIds, current: Current): Promise<void> {
  for (const { path, value: app } of entries) {
    if (!app.connection?.removed) continue;
    if (app.writer === 'connection') {
      const mend = "Write 'manual': its owner is asked then. Or 'group' or 'outside', if that is how it is.";
      complain(push, [...path, 'writer'], `This file removes the connection of ${app.name}, so nothing is changed over it. ${mend}`);
      continue;
    }
    const appId = ids.get(app.name.toLowerCase());
    const there = current.apps.find(({ id }) => id === appId);
    if (!there?.connection) {
      push.lines.push({ what: 'connection', name: app.name, change: 'same', words: '', before: null, after: null });
      continue;
    }
    const { id, connector, settings } = there.connection;
    await attempt(push, [...path, 'connection'], {}, () => removeConnection(push.ctx, id));
    const hanging = current.apps.filter(({ writer, group }) => writer === 'group' && group?.app === there.name).map(({ name }) => name);
    push.lines.push({
      what: 'connection',
      name: app.name,
      change: 'gone',
      words: removalWords(there, app.writer ?? there.writer, hanging),
      before: { connector, ...settings },
      after: null,
    });
  }
}

function removalWords({ name, connection }: CurrentApp, writer: string, hanging: string[]): string {
  const secrets = Object.keys(connection?.secrets ?? {});
  const also = hanging.length > 0 ? `, and those of ${hanging.join(', ')}, which a group of ${name} gives` : '';
  return [
    `no account in ${name} is touched, and what was read stays.`,
    secrets.length > 0 || connection?.secrets === null
      ? `Its secrets${secrets.length > 0 ? ` (${secrets.join(', ')})` : ''} are erased here at once: to connect again, give them again.`
      : '',
    writer === 'connection' || writer === 'manual' || also
      ? `From now on a person is asked to make its changes by hand${also}; also those under way, and the accounts of who leaves.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
