import type { z } from 'zod';
import type { Credential, CredentialExchange } from './credential.ts';
import type { Profile } from './profile.ts';
import type { RateLimit } from './rate-limit.ts';
import type { AccountRecord, AppGrantRecord, ChangesPage, EntitlementRecord, OwnedRecord, Page, PersonRecord } from './records.ts';
import type { Session } from './session.ts';
import type { Webhook } from './webhook.ts';

/**
 * What repeating an action does. `convergent`: it reads, then writes; repeating is harmless. `keyed`: it carries an idempotency key that
 * the other system honours. `unrepeatable`: after an uncertain crash nobody but a person can say whether it happened.
 */
export type EffectClass = 'convergent' | 'keyed' | 'unrepeatable';

/** What the other system answered, in plain words. It proves nothing: only a read-back does. `changed`: null when the answer does not say. */
export type Answer = { answered: string; changed: boolean | null };

/** One thing that was looked at in a connection test. `ok`: null when it cannot be known without changing something. */
export type Check = { name: string; ok: boolean | null; words: string };

/** The account an action is about. The names are for sentences only; `externalId` decides. */
export type AccountTarget = { externalId: string; userName?: string | null; displayName?: string | null };

/** A first password that its person chose. It is never logged, described or kept. */
export type PasswordTarget = { account: AccountTarget; password: string };

export type EntitlementTarget = { account: AccountTarget; entitlement: EntitlementRecord };

/**
 * What of an account is wanted. `none` leaves entitlements unread (null unless the record holds them), so that a slow list of groups keeps
 * nobody waiting; one entitlement: whether the account has that one must be known, the others need not. `quick`: that there is no account may be
 * known by a search that is shown to work, without reading everything.
 */
export type ReadWish = { entitlements?: 'all' | 'none' | EntitlementRecord; quick?: boolean };

/** Who a new account is for. */
export type NewAccount = {
  userName: string;
  address: string | null;
  givenName: string | null;
  familyName: string | null;
  displayName: string | null;
  employeeNumber: string | null;
};

/** What of an account is to be another; what is absent stays. */
export type AccountChange = {
  account: AccountTarget;
  facts: Partial<Omit<NewAccount, 'userName'>> & { department?: string | null; title?: string | null };
};

/** Files or other belongings go to an account of somebody else. */
export type HandOver = { account: AccountTarget; to: AccountTarget };

/** Mail of an account goes on to an address. */
export type MailForward = { account: AccountTarget; to: string };

/** What whoever writes to the account is answered. `until`: a local day (ISO 8601), null: until it is switched off. */
export type AutoReply = { account: AccountTarget; subject: string; text: string; until: string | null };

/** A mailbox that its account leaves to others. `readers`: who may read it. */
export type SharedMailbox = { account: AccountTarget; readers: AccountTarget[] };

/** What a program may do in the name of an account. `grant.externalId`: the program's id. */
export type AppGrantTarget = { account: AccountTarget; grant: { externalId: string; name: string } };

/** A change the connector can make. `describe` is the dry run: what would be sent, in a sentence, without any call. */
export type Action<Input, Settings, Result extends Answer = Answer> = {
  effect: EffectClass;
  describe(input: Input, settings: Settings): string;
  run(session: Session<Settings>, input: Input, options?: { idempotencyKey?: string }): Promise<Result>;
};

/**
 * What trying one step showed. `request`: what was or would be sent. `answer`: the other system's own, cut short; null where nothing was sent.
 * `understood`: what was made of it, in sentences. `ok`: null where only a change would show it.
 */
export type Tried = { request: string; answer: string | null; understood: string[]; ok: boolean | null };

/** The steps that can be tried as the settings stand, in their order; `asks`: what has to be given for it. */
export type Trial<Settings> = {
  steps(settings: Settings): { id: string; title: string; asks: string | null }[];
  run(session: Session<Settings>, step: string, value: string): Promise<Tried>;
};

/** What a fresh read shows of a change: done or not, null when the app lets nobody see it; and what was seen, in a sentence. */
export type Shown = { done: boolean | null; words: string };

/** A change whose read-back is its own. `shows` reads afresh and changes nothing. */
export type CheckedAction<Input, Settings> = Action<Input, Settings> & {
  shows(session: Session<Settings>, input: Input): Promise<Shown>;
};

/**
 * A kind of system that can be connected. A capability exists if its key exists. `reads` says where accounts come from: `connection`
 * (read over the network), `list` (only through lists that people upload), `people` (only from what people report).
 */
export type Connector<Settings = unknown, Secrets = unknown> = {
  id: string;
  name: string;
  sentence: string;
  /** What a person wants to know before connecting it. Needed of everything that is reached over the network. */
  profile?: Profile;
  reads: 'connection' | 'list' | 'people';
  /** How it is reached; by HTTP unless told. */
  transport?: 'ldap';
  /** The same kind as given settings make it, where they declare what it can do. */
  withSettings?(settings: Settings): Connector<Settings, Secrets>;
  /** Tries one part of its settings against the other system, for whoever writes them. Changes nothing there. */
  trial?: Trial<Settings>;
  settings: z.ZodType<Settings>;
  secrets: z.ZodType<Secrets>;
  /** `host:port` of every place this connection may reach, and the address that paths are relative to. null: it reaches nothing. */
  hosts(settings: Settings): string[];
  baseUrl(settings: Settings): string | null;
  /** Headers that carry the credential. Throws ConnectorError `settings` when the secrets do not fit the settings. */
  authorization(settings: Settings, secrets: Secrets): Record<string, string>;
  /** Asks for a credential where the vendor hands one out; it is kept until it expires, and asked for again when it is refused (401). */
  credential?(exchange: CredentialExchange<Settings, Secrets>): Promise<Credential>;
  caCertificates?(settings: Settings): string[];
  /** How long a change may take until a read shows it. */
  settlingSeconds(settings: Settings): number;
  rateLimit?: RateLimit;
  /** An answer that means "too busy" in the vendor's own way (besides 429 and 503): when to ask again; null: it does not mean that. `body`: its JSON, or null. */
  busyUntil?(answer: { status: number; headers: Record<string, string>; body(): unknown }, now: Temporal.Instant): Temporal.Instant | null;
  test?(session: Session<Settings>): Promise<Check[]>;
  listAccounts?(session: Session<Settings>): AsyncIterable<Page<AccountRecord>>;
  /** A fresh read of one account; null when the system says that there is none with this id. */
  readAccount?(session: Session<Settings>, externalId: string, wish?: ReadWish): Promise<AccountRecord | null>;
  /** Looks an account up by its user name; null when there is none. Throws ConnectorError when that cannot be said. */
  findAccount?(session: Session<Settings>, userName: string, wish?: ReadWish): Promise<AccountRecord | null>;
  listEntitlements?(session: Session<Settings>): AsyncIterable<Page<EntitlementRecord>>;
  /** The mark from which changes are followed; taken before a complete reading begins. */
  markChanges?(session: Session<Settings>): Promise<string>;
  /** What changed since a mark. Throws ConnectorError `changed` when the mark is too old: everything is to be read again. */
  listChanges?(session: Session<Settings>, since: string): AsyncIterable<ChangesPage>;
  /** What programs of others may do in the name of accounts. */
  listAppGrants?(session: Session<Settings>): AsyncIterable<Page<AppGrantRecord>>;
  /** How the vendor says that something changed, so that it is read at once. */
  webhook?: Webhook<Settings>;
  /** What an account owns that outlives it. */
  listOwned?(session: Session<Settings>, externalId: string): Promise<OwnedRecord[]>;
  /** The people that an HR system or directory knows. */
  listPeople?(session: Session<Settings>): AsyncIterable<Page<PersonRecord>>;
  suspendAccount?: Action<AccountTarget, Settings>;
  restoreAccount?: Action<AccountTarget, Settings>;
  deleteAccount?: Action<AccountTarget, Settings>;
  createAccount?: Action<NewAccount, Settings, Answer & { externalId: string }>;
  grantEntitlement?: Action<EntitlementTarget, Settings>;
  revokeEntitlement?: Action<EntitlementTarget, Settings>;
  setPassword?: Action<PasswordTarget, Settings>;
  changeAccount?: Action<AccountChange, Settings>;
  /** Ends all sessions and the tokens that go with them. */
  endSessions?: CheckedAction<AccountTarget, Settings>;
  /** Sets a password that nobody knows. */
  resetPassword?: CheckedAction<AccountTarget, Settings>;
  /** Forgets all second factors, so that a new one is set up at the next sign-in. */
  resetSecondFactor?: CheckedAction<AccountTarget, Settings>;
  revokeAppGrant?: CheckedAction<AppGrantTarget, Settings>;
  handOverFiles?: CheckedAction<HandOver, Settings>;
  forwardMail?: CheckedAction<MailForward, Settings>;
  setAutoReply?: CheckedAction<AutoReply, Settings>;
  convertToSharedMailbox?: CheckedAction<SharedMailbox, Settings>;
  /** Cancels the meetings to come that the account organises, and frees its rooms. */
  releaseCalendars?: CheckedAction<AccountTarget, Settings>;
  /** What the vendor lets nobody do once the account is suspended: it is tried immediately before, within a bound, because the suspension waits for nothing. */
  onlyWhileActive?: readonly (typeof checkedActionNames)[number][];
  /** Handing the files over takes the meetings to come along. */
  filesGoWithMeetings?: true;
};

/** The keys whose presence means that a connector can make that change. */
export const actionNames = [
  'suspendAccount',
  'restoreAccount',
  'deleteAccount',
  'createAccount',
  'grantEntitlement',
  'revokeEntitlement',
  'setPassword',
  'changeAccount',
  'endSessions',
  'resetPassword',
  'resetSecondFactor',
  'revokeAppGrant',
  'handOverFiles',
  'forwardMail',
  'setAutoReply',
  'convertToSharedMailbox',
  'releaseCalendars',
] as const satisfies (keyof Connector)[];

/** The changes that read back what they did by themselves. */
export const checkedActionNames = [
  'endSessions',
  'resetPassword',
  'resetSecondFactor',
  'revokeAppGrant',
  'handOverFiles',
  'forwardMail',
  'setAutoReply',
  'convertToSharedMailbox',
  'releaseCalendars',
] as const satisfies (typeof actionNames)[number][];

/** Declares a connector. Its types are checked here and then set aside: settings are parsed by its own schema whenever a session opens. */
export function defineConnector<Settings, Secrets>(declaration: Connector<Settings, Secrets>): Connector {
  if (!/^[a-z][a-z0-9-]*$/.test(declaration.id))
    throw new Error(`A connector's id is lower case words with hyphens, not "${declaration.id}".`);
  return declaration as Connector<unknown, unknown>;
}
