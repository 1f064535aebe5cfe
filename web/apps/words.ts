import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

export type App = OutputOf<'getApp'>;
export type Account = OutputOf<'listAccounts'>['rows'][number];
export type Finding = OutputOf<'getFinding'>;
export type FindingRow = Finding['rows'][number];
export type Sync = OutputOf<'getSync'>;
export type SyncLine = OutputOf<'listSyncs'>['rows'][number];

const grouped = new Intl.NumberFormat('en');

/** "1 account", "1,204 accounts". */
export const counted = (count: number, one: string, many: string): string => `${grouped.format(count)} ${count === 1 ? one : many}`;

/** Who makes the changes in an app. */
export function writerWords(app: Pick<App, 'writer' | 'writerApp' | 'writerEntitlement'>): string {
  if (app.writer === 'connection') return 'Its own connection';
  if (app.writer === 'group') return `The group ${app.writerEntitlement ?? '?'} in ${app.writerApp ?? '?'}`;
  return app.writer === 'manual' ? 'Its owner, by hand' : 'Somebody outside';
}

/** What an account is called on pages. */
export const accountName = (account: Pick<Account, 'address' | 'userName' | 'displayName' | 'externalId'>): string =>
  account.address ?? account.userName ?? account.displayName ?? account.externalId;

/** How an account stands: its word and its shape. */
export function accountStatus(account: Pick<Account, 'state' | 'serviceOwner' | 'suggestedPerson'>): { kind: StatusKind; word: string } {
  switch (account.state) {
    case 'zombie':
      return { kind: 'wrong', word: 'Left, can still sign in' };
    case 'unknown':
      return { kind: 'unknown', word: 'Left, not known whether active' };
    case 'orphan':
      return { kind: 'waiting', word: account.suggestedPerson === null ? 'Whose is it?' : `${account.suggestedPerson}?` };
    case 'service':
      return account.serviceOwner === null
        ? { kind: 'waiting', word: 'Service, nobody answers for it' }
        : { kind: 'good-vouched', word: `Service, ${account.serviceOwner}` };
    case 'suspended':
      return { kind: 'away', word: 'Suspended' };
    case 'gone':
      return { kind: 'planned', word: 'Gone' };
    case 'fine':
      return { kind: 'working', word: 'In use' };
  }
}

/** The groups of a list of accounts, by what they need. */
export const accountGroups: { key: Account['state']; heading: string }[] = [
  { key: 'zombie', heading: 'Their person has left' },
  { key: 'unknown', heading: 'Their person has left; whether they are active is not known' },
  { key: 'orphan', heading: 'Of nobody we know' },
  { key: 'service', heading: 'Service accounts' },
  { key: 'suspended', heading: 'Suspended' },
  { key: 'fine', heading: 'In use' },
  { key: 'gone', heading: 'Gone' },
];

/** What a reading of an app is, and how it stands. */
export function syncStatus(sync: Pick<SyncLine, 'status' | 'kind'>): { kind: StatusKind; word: string } {
  switch (sync.status) {
    case 'preview':
      return { kind: 'waiting', word: 'Waits for your word' };
    case 'queued':
      return { kind: 'planned', word: 'Begins' };
    case 'running':
      return { kind: 'planned', word: 'Being read' };
    case 'held':
      return { kind: 'waiting', word: 'Held' };
    case 'done':
      return { kind: 'good-read', word: 'Read' };
    case 'failed':
      return { kind: 'wrong', word: 'Failed' };
    case 'discarded':
      return { kind: 'decided', word: 'Discarded' };
  }
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The counts of a reading; what it does not say is 0. */
export const countsOf = (counts: Record<string, unknown>) => ({
  rows: number(counts.rows),
  read: number(counts.read),
  total: typeof counts.total === 'number' ? counts.total : null,
  added: number(counts.added),
  changed: number(counts.changed),
  unchanged: number(counts.unchanged),
  refused: number(counts.refused),
  merged: number(counts.merged),
  gone: number(counts.gone),
  matched: number(counts.matched),
  suggested: number(counts.suggested),
  unmatched: number(counts.unmatched),
  notes: Array.isArray(counts.notes) ? (counts.notes as string[]) : [],
});

/** What a reading did, in a sentence. */
export function syncWords(sync: Pick<SyncLine, 'status' | 'counts' | 'heldReasons' | 'problem' | 'declaredComplete'>): string {
  const counts = countsOf(sync.counts);
  if (sync.status === 'failed' || sync.status === 'discarded') return sync.problem ?? '';
  if (sync.status === 'held') return `Nothing was changed. ${sync.heldReasons.join(' ')}`;
  if (sync.status === 'running')
    return `${counted(counts.read, 'account', 'accounts')}${counts.total === null ? '' : ` of ${grouped.format(counts.total)}`} so far.`;
  if (sync.status === 'queued') return '';
  const parts = [
    `${grouped.format(counts.added)} new`,
    `${grouped.format(counts.changed)} changed`,
    `${grouped.format(counts.unchanged)} as before`,
    ...(counts.gone > 0 ? [`${grouped.format(counts.gone)} gone`] : []),
    ...(counts.refused > 0 ? [`${grouped.format(counts.refused)} refused`] : []),
  ];
  return `${counted(counts.rows, 'row', 'rows')}: ${parts.join(', ')}.${sync.status === 'done' && !sync.declaredComplete ? ' Not complete, so nobody counts as gone.' : ''}`;
}
