import type { OutputOf } from '../shell/call.ts';

export type Overview = OutputOf<'getHygiene'>;
export type FindingList = OutputOf<'listFindings'>;
export type FindingRow = FindingList['rows'][number];
export type FindingKind = FindingRow['kind'];
export type Preview = OutputOf<'previewTaking'>;
export type What = 'suspend' | 'revoke-admin' | 'revoke-app-grant';

const grouped = new Intl.NumberFormat('en');

export const counted = (count: number, one: string, many: string): string => `${grouped.format(count)} ${count === 1 ? one : many}`;

type Words = {
  title: string;
  noun: [one: string, many: string];
  /** Why the list is worth a look. */
  note: string;
  /** What is said where nothing stands on it. */
  none: string;
  /** What nobody knows of an account or program, after “it is not known whether”. */
  unknown: string | null;
};

/** The lists in words. */
export const lists: Record<FindingKind, Words> = {
  zombie: {
    title: 'Has left, and can still sign in',
    noun: ['account', 'accounts'],
    note: 'Their access should have ended. Suspended accounts are not counted.',
    none: 'Nobody who has left has an active account in the apps that were read.',
    unknown: 'they are active, though their person has left',
  },
  orphan: {
    title: 'Accounts of nobody',
    noun: ['account', 'accounts'],
    note: 'Nobody on the people list matches: left long ago, a program’s, or a name that is spelled otherwise.',
    none: 'Every account belongs to somebody.',
    unknown: null,
  },
  'second-factor': {
    title: 'No second factor',
    noun: ['account', 'accounts'],
    note: 'Whoever learns the password is in.',
    none: 'No account is known to lack a second factor.',
    unknown: 'they have a second factor',
  },
  administrator: {
    title: 'Administrators',
    noun: ['account', 'accounts'],
    note: 'They can let others in and out. Few are best, and never only one.',
    none: 'No account is known to be an administrator.',
    unknown: 'they are administrators',
  },
  outside: {
    title: 'From outside the company',
    noun: ['account', 'accounts'],
    note: 'Guests and outside collaborators stay until somebody ends them: no list of yours says when they leave.',
    none: 'No account is known to belong to somebody outside.',
    unknown: 'they belong to somebody outside',
  },
  'one-owner': {
    title: 'Apps with one owner',
    noun: ['app', 'apps'],
    note: 'When that one person is away, nobody can give, take or pay.',
    none: 'Every app has an owner and a deputy.',
    unknown: null,
  },
  'app-grant': {
    title: 'Programs with wide rights',
    noun: ['program', 'programs'],
    note: 'People allowed them to read mail, files or more in their name. They keep that until somebody takes it.',
    none: 'No program is known to have wide rights in the apps that tell it.',
    unknown: 'they may do much',
  },
};

export const isKind = (text: string | undefined): text is FindingKind => text !== undefined && text in lists;

type TakeWords = { title: (count: number) => string; act: string; taken: [one: string, many: string]; undo: string };

export const takeWords: Record<What, TakeWords> = {
  suspend: {
    title: (count) => (count === 1 ? 'Suspend this account?' : `Suspend ${count} accounts?`),
    act: 'Suspend',
    taken: ['account is suspended', 'accounts are suspended'],
    undo: 'Nothing is deleted. Each account is read back in its app, and the plan can be undone afterwards.',
  },
  'revoke-admin': {
    title: (count) => (count === 1 ? 'Take the rights of an administrator?' : `Take the rights of ${count} administrators?`),
    act: 'Take the rights',
    taken: ['account is an administrator no more', 'accounts are administrators no more'],
    undo: 'The accounts stay. Each is read back in its app, and the plan can be undone afterwards.',
  },
  'revoke-app-grant': {
    title: (count) => (count === 1 ? 'Take what this program may do?' : `Take what this program may do for ${count} accounts?`),
    act: 'Take it away',
    taken: ['account lets it act no more', 'accounts let it act no more'],
    undo: 'This cannot be undone by us. Each account is read back; its person can allow the program again.',
  },
};
