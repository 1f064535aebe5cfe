/**
 * What every connector is made of, and the only thing it imports. A connector declares (`defineConnector`); the kit opens a session
 * (`openSession`), pages, retries, limits the rate, puts errors into words, tests (`testConnection`) and judges readings (`readPages`).
 */
export { dayOf, flagOf, instantOf, type Json, objectOf, objectsOf, textOf } from './answer-values.ts';
export { ConnectorError, type ConnectorErrorKind } from './connector-error.ts';
export { connectorWith } from './connector-with.ts';
export type { Credential, CredentialExchange, CredentialHolder, Kept } from './credential.ts';
export {
  type AccountChange,
  type AccountTarget,
  type Action,
  type Answer,
  type AppGrantTarget,
  type AutoReply,
  actionNames,
  type Check,
  type CheckedAction,
  type Connector,
  checkedActionNames,
  defineConnector,
  type EffectClass,
  type EntitlementTarget,
  type HandOver,
  type MailForward,
  type NewAccount,
  type PasswordTarget,
  type ReadWish,
  type SharedMailbox,
  type Shown,
  type Trial,
  type Tried,
} from './define-connector.ts';
export type { FormMeta } from './form-field.ts';
export { keepableEntitlements, keepableRecord } from './keepable-record.ts';
export { openSession, type SessionOptions } from './open-session.ts';
export { type CursorPage, nextLink, pageByCursor } from './page-by-cursor.ts';
export { pageByIndex } from './page-by-index.ts';
export { plainText } from './plain-text.ts';
export type { NeededRight, Profile, SetUpStep } from './profile.ts';
export { createRateLimiter, type RateLimit, type RateLimiter } from './rate-limit.ts';
export { type Reading, readPages } from './read-pages.ts';
export {
  type AccountRecord,
  type AppGrantRecord,
  type ChangesPage,
  type EntitlementRecord,
  type OwnedRecord,
  type Page,
  type PersonRecord,
  unknownAccount,
  unknownPerson,
} from './records.ts';
export type { CallOptions, Session, SessionHttp } from './session.ts';
export { failedCheck, testConnection } from './test-connection.ts';
export { hostOf, plainAddress, vendorAddress } from './vendor-address.ts';
export { realWait, type Wait } from './wait.ts';
export { type HookAnswer, type HookRequest, hmacHex, hookJson, type Subscription, sameText, type Webhook } from './webhook.ts';
