import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

export type Mail = OutputOf<'listMail'>['rows'][number];

/** How a message stands. */
export const standing: Record<Mail['status'], { kind: StatusKind; word: string }> = {
  queued: { kind: 'waiting', word: 'Waits' },
  sending: { kind: 'waiting', word: 'On its way' },
  sent: { kind: 'good-read', word: 'Taken by the mail server' },
  failed: { kind: 'wrong', word: 'Failed' },
  withheld: { kind: 'decided', word: 'Withheld' },
  kept: { kind: 'planned', word: 'Not sent' },
};

export const statuses = Object.keys(standing) as Mail['status'][];
