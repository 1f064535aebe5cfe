import type { CheckedAction, Connector } from '../../../connectors/kit/index.ts';

/** What can happen to the data of a leaver in one app. */
export const dataKinds = [
  'end-sessions',
  'reset-password',
  'reset-second-factor',
  'revoke-app-grant',
  'hand-over-files',
  'forward-mail',
  'set-auto-reply',
  'share-mailbox',
  'end-mail',
  'release-calendars',
  'rotate-secret',
  'list-owned',
  'take-over',
  'take-licence',
  'delete-account',
] as const;
export type DataKind = (typeof dataKinds)[number];

/** The section of the proof in which a kind stands. What comes weeks after the cut-off is an addendum, on which its closing does not wait. */
export type DataSection = 'sessions' | 'files' | 'mail' | 'calendar' | 'secrets' | 'automations' | 'licences' | 'deletion' | 'mail-end';

/** A colleague as an action names them; who has no account in the app is named by address. */
export type Heir = { personId: string; name: string; address: string | null };

/** With what an action on data is done. Each kind reads its own; `because` says who decided it, or that nobody answered. */
export type DataInput = {
  to?: Heir;
  text?: string;
  subject?: string;
  /** A local day (ISO 8601). */
  until?: string | null;
  /** The files take the meetings along. */
  meetings?: boolean;
  /** People do it, whatever the app offers: its connection may not change it. */
  byHand?: boolean;
  because?: string;
  /** The program whose rights are taken. */
  grant?: { externalId: string; name: string };
};

type Checked =
  | 'endSessions'
  | 'resetPassword'
  | 'resetSecondFactor'
  | 'handOverFiles'
  | 'forwardMail'
  | 'setAutoReply'
  | 'convertToSharedMailbox'
  | 'releaseCalendars'
  | 'revokeAppGrant';

export type KindRule = {
  section: DataSection;
  /** The connector's key that does it; null: only people can. */
  by: Checked | 'revokeEntitlement' | 'deleteAccount' | 'listOwned' | null;
  /** A line of the proof names it so. */
  title: string;
};

export const kindRules: Readonly<Record<DataKind, KindRule>> = {
  'end-sessions': { section: 'sessions', by: 'endSessions', title: 'Sessions and tokens' },
  'reset-password': { section: 'sessions', by: 'resetPassword', title: 'Password' },
  'reset-second-factor': { section: 'sessions', by: 'resetSecondFactor', title: 'Second factor' },
  'hand-over-files': { section: 'files', by: 'handOverFiles', title: 'Files' },
  'forward-mail': { section: 'mail', by: 'forwardMail', title: 'Forwarding' },
  'set-auto-reply': { section: 'mail', by: 'setAutoReply', title: 'Automatic reply' },
  'share-mailbox': { section: 'mail', by: 'convertToSharedMailbox', title: 'Mailbox' },
  'end-mail': { section: 'mail-end', by: null, title: 'End of forwarding' },
  'release-calendars': { section: 'calendar', by: 'releaseCalendars', title: 'Meetings' },
  'rotate-secret': { section: 'secrets', by: null, title: 'Shared password' },
  'list-owned': { section: 'automations', by: 'listOwned', title: 'What runs by itself' },
  'take-over': { section: 'automations', by: null, title: 'Automation' },
  'take-licence': { section: 'licences', by: 'revokeEntitlement', title: 'Licence' },
  'delete-account': { section: 'deletion', by: 'deleteAccount', title: 'Account' },
  'revoke-app-grant': { section: 'sessions', by: 'revokeAppGrant', title: 'App grant' },
};

export const isDataKind = (kind: string): kind is DataKind => kind in kindRules;

/** Ends what may still be open of an account: first after its suspension, and before anything else. */
export const sessionKinds = ['end-sessions', 'reset-password', 'reset-second-factor'] as const satisfies DataKind[];

/** The connector's checked action of a kind, or undefined where it has none. */
export function checkedActionOf(connector: Connector, kind: DataKind): CheckedAction<never, unknown> | undefined {
  const { by } = kindRules[kind];
  if (by === null || by === 'revokeEntitlement' || by === 'deleteAccount' || by === 'listOwned') return undefined;
  return connector[by] as CheckedAction<never, unknown> | undefined;
}
