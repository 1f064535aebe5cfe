import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

export type Connection = OutputOf<'getConnection'>;
export type Connector = OutputOf<'listConnectors'>['rows'][number];
export type FormField = Connector['settings'][number];
export type Check = OutputOf<'testConnection'>['checks'][number];

/** How a connection fares. */
export function connectionStatus(connection: Pick<Connection, 'status' | 'lastSync'>): { kind: StatusKind; word: string } {
  if (connection.status === 'failing') return { kind: 'wrong', word: 'Fails' };
  if (connection.status === 'paused') return { kind: 'away', word: 'Paused' };
  if (connection.lastSync?.status === 'held') return { kind: 'waiting', word: 'Reading held' };
  if (connection.status === 'new') return { kind: 'planned', word: 'Not used yet' };
  return { kind: 'good-read', word: 'Works' };
}

/** How often an app is read. */
export function rhythmWords(minutes: number | null): string {
  if (minutes === null) return 'Only when somebody asks';
  if (minutes % 1440 === 0) return minutes === 1440 ? 'Once a day' : `Every ${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'Every hour' : `Every ${minutes / 60} hours`;
  return `Every ${minutes} minutes`;
}

export const rhythms = [
  { value: '15', label: 'Every 15 minutes' },
  { value: '60', label: 'Every hour' },
  { value: '360', label: 'Every 6 hours' },
  { value: '1440', label: 'Once a day' },
  { value: '', label: 'Only when somebody asks' },
];
