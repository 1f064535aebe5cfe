import type {
  AppGrantTarget,
  AutoReply,
  CheckedAction,
  Connector,
  HandOver,
  MailForward,
  SharedMailbox,
} from '../../../connectors/kit/index.ts';

/** What can happen to the data of a leaver in one app. */
export const dataKinds = [
  'end-sessions',
  'reset-password',
  'reset-second-factor',
  'hand-over-files',
  'forward-mail',
  'set-auto-reply',
  'share-mailbox',
  'release-calendars',
  'rotate-secret',
  'take-over',
  'take-licence',
  'delete-account',
  'revoke-app-grant',
] as const;
export type DataKind = (typeof dataKinds)[number];

/** The section of the proof in which a kind stands. */
export const dataSections = ['sessions', 'files', 'mail', 'calendar', 'secrets', 'automations', 'licences', 'deletion'] as const;
export type DataSection = (typeof dataSections)[number];

/** A colleague as an action names them; who has no account in the app is named by address. */
export type Heir = { personId: string; name: string; address: string | null };

/** With what an action on data is done. Each kind reads its own; `because` says who decided it, or that nobody answered. */
export type DataInput = {
  to?: Heir;
  text?: string;
  subject?: string;
  /** A local day (ISO 8601). */
  until?: string | null;
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
  by: Checked | 'revokeEntitlement' | 'deleteAccount' | null;
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
  'release-calendars': { section: 'calendar', by: 'releaseCalendars', title: 'Meetings' },
  'rotate-secret': { section: 'secrets', by: null, title: 'Shared password' },
  'take-over': { section: 'automations', by: null, title: 'Automation' },
  'take-licence': { section: 'licences', by: 'revokeEntitlement', title: 'Licence' },
  'delete-account': { section: 'deletion', by: 'deleteAccount', title: 'Account' },
  'revoke-app-grant': { section: 'sessions', by: 'revokeAppGrant', title: 'App grant' },
};

export const isDataKind = (kind: string): kind is DataKind => kind in kindRules;

/** Ends what may still be open of an account: first after its suspension, and before anything else. */
export const sessionKinds = ['end-sessions', 'reset-password', 'reset-second-factor'] as const satisfies DataKind[];

export type CheckedInput = AppGrantTarget | HandOver | MailForward | AutoReply | SharedMailbox;

/** The connector's checked action of a kind, or undefined where it has none. */
export function checkedActionOf(connector: Connector, kind: DataKind): CheckedAction<never, unknown> | undefined {
  const { by } = kindRules[kind];
  if (by === null || by === 'revokeEntitlement' || by === 'deleteAccount') return undefined;
  return connector[by] as CheckedAction<never, unknown> | undefined;
}
