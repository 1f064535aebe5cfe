import type { z } from 'zod';
import type { RateLimit } from './rate-limit.ts';
import type { AccountRecord, EntitlementRecord, Page } from './records.ts';
import type { Session } from './session.ts';

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

/** A change the connector can make. `describe` is the dry run: what would be sent, in a sentence, without any call. */
export type Action<Input, Settings, Result extends Answer = Answer> = {
  effect: EffectClass;
  describe(input: Input, settings: Settings): string;
  run(session: Session<Settings>, input: Input, options?: { idempotencyKey?: string }): Promise<Result>;
};

/**
 * A kind of system that can be connected. A capability exists if its key exists. `reads` says where accounts come from: `connection`
 * (read over the network), `list` (only through lists that people upload), `people` (only from what people report).
 */
export type Connector<Settings = unknown, Secrets = unknown> = {
  id: string;
  name: string;
  sentence: string;
  reads: 'connection' | 'list' | 'people';
  settings: z.ZodType<Settings>;
  secrets: z.ZodType<Secrets>;
  /** `host:port` of every place this connection may reach, and the address that paths are relative to. null: it reaches nothing. */
  hosts(settings: Settings): string[];
  baseUrl(settings: Settings): string | null;
  /** Headers that carry the credential. Throws ConnectorError `settings` when the secrets do not fit the settings. */
  authorization(settings: Settings, secrets: Secrets): Record<string, string>;
  caCertificates?(settings: Settings): string[];
  /** How long a change may take until a read shows it. */
  settlingSeconds(settings: Settings): number;
  rateLimit?: RateLimit;
  test?(session: Session<Settings>): Promise<Check[]>;
  listAccounts?(session: Session<Settings>): AsyncIterable<Page<AccountRecord>>;
  /** A fresh read of one account; null when the system says that there is none with this id. */
  readAccount?(session: Session<Settings>, externalId: string, wish?: ReadWish): Promise<AccountRecord | null>;
  /** Looks an account up by its user name; null when there is none. Throws ConnectorError when that cannot be said. */
  findAccount?(session: Session<Settings>, userName: string, wish?: ReadWish): Promise<AccountRecord | null>;
  listEntitlements?(session: Session<Settings>): AsyncIterable<Page<EntitlementRecord>>;
  suspendAccount?: Action<AccountTarget, Settings>;
  restoreAccount?: Action<AccountTarget, Settings>;
  deleteAccount?: Action<AccountTarget, Settings>;
  createAccount?: Action<NewAccount, Settings, Answer & { externalId: string }>;
  grantEntitlement?: Action<EntitlementTarget, Settings>;
  revokeEntitlement?: Action<EntitlementTarget, Settings>;
  setPassword?: Action<PasswordTarget, Settings>;
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
] as const satisfies (keyof Connector)[];

/** Declares a connector. Its types are checked here and then set aside: settings are parsed by its own schema whenever a session opens. */
export function defineConnector<Settings, Secrets>(declaration: Connector<Settings, Secrets>): Connector {
  if (!/^[a-z][a-z0-9-]*$/.test(declaration.id))
    throw new Error(`A connector's id is lower case words with hyphens, not "${declaration.id}".`);
  return declaration as Connector<unknown, unknown>;
}
