/**
 * What every connector is made of, and the only thing it imports. A connector declares (`defineConnector`); the kit opens a session
 * (`openSession`), pages, retries, limits the rate, puts errors into words, tests (`testConnection`) and judges readings (`readPages`).
 */
export { ConnectorError, type ConnectorErrorKind } from './connector-error.ts';
export {
  type AccountTarget,
  type Action,
  type Answer,
  actionNames,
  type Check,
  type Connector,
  defineConnector,
  type EffectClass,
  type EntitlementTarget,
  type NewAccount,
  type PasswordTarget,
  type ReadWish,
} from './define-connector.ts';
export type { FormMeta } from './form-field.ts';
export { keepableEntitlements, keepableRecord } from './keepable-record.ts';
export { openSession, type SessionOptions } from './open-session.ts';
export { pageByIndex } from './page-by-index.ts';
export { plainText } from './plain-text.ts';
export { createRateLimiter, type RateLimit, type RateLimiter } from './rate-limit.ts';
export { type Reading, readPages } from './read-pages.ts';
export type { AccountRecord, EntitlementRecord, Page } from './records.ts';
export type { CallOptions, Session, SessionHttp } from './session.ts';
export { failedCheck, testConnection } from './test-connection.ts';
export { realWait, type Wait } from './wait.ts';
