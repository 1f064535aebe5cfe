import type { OutboundResponse, PinnedOutbound } from '../../server/platform/outbound/index.ts';

/** Values of a query; undefined ones are left out. */
export type Query = Record<string, string | number | undefined>;

/**
 * Options of one call. `accept`: statuses that are answers and not errors, besides 2xx. `repeatable`: a PATCH or POST that may be sent again
 * after an uncertain failure (GET, PUT and DELETE always may). `right`: what the credential needs for this, by the vendor's own name, so that a 403
 * names it. `body`: of a DELETE, where the vendor wants one. `form`: the body is sent as a form (application/x-www-form-urlencoded) and not as JSON. `open`: without the credential. `credential`: the name of another credential
 * than the usual one, where the connector's `credential` hands out several (for one right, or in the name of one account).
 */
export type CallOptions = {
  query?: Query;
  headers?: Record<string, string>;
  accept?: number[];
  repeatable?: boolean;
  idempotencyKey?: string;
  timeoutMs?: number;
  maxBytes?: number;
  right?: string;
  body?: unknown;
  form?: true;
  open?: true;
  credential?: string;
};

/**
 * The only way from a connector to the network. `path` is relative to the connection's base address; a whole address is taken only on a
 * pinned host. Credential, retries, rate limit and error words are seen to. Throws ConnectorError.
 */
export type SessionHttp = {
  get(path: string, options?: CallOptions): Promise<OutboundResponse>;
  post(path: string, body: unknown, options?: CallOptions): Promise<OutboundResponse>;
  put(path: string, body: unknown, options?: CallOptions): Promise<OutboundResponse>;
  patch(path: string, body: unknown, options?: CallOptions): Promise<OutboundResponse>;
  delete(path: string, options?: CallOptions): Promise<OutboundResponse>;
};

/** One use of a connection: its settings and its way out. `remember` keeps what was found out (discovery) for as long as the session lasts. */
export type Session<Settings = unknown> = {
  settings: Settings;
  http: SessionHttp;
  inspect: PinnedOutbound['inspect'];
  /** The way to a pinned host for another protocol than HTTP. Throws ConnectorError. */
  dial: PinnedOutbound['dial'];
  /** What the connection is let in with, for protocols that carry no headers; by the name of the secret. It is blotted out of every text. */
  secrets: Record<string, string>;
  /** A text of the other system without our secrets, cut short. */
  scrub(text: string): string;
  /** Ends with the session. */
  onClose(work: () => void): void;
  now(): Temporal.Instant;
  remember<T>(key: string, find: () => Promise<T>): Promise<T>;
  close(): void;
};
