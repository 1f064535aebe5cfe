import type { z } from 'zod';
import type { Clock } from '../../server/platform/clock.ts';
import { type Outbound, OutboundError } from '../../server/platform/outbound/index.ts';
import { ConnectorError, unreachable } from './connector-error.ts';
import { type Credential, type CredentialHolder, heldCredential, holderOf, type Kept } from './credential.ts';
import type { Connector } from './define-connector.ts';
import { createRateLimiter, type RateLimiter } from './rate-limit.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
import { secretScrubber, secretTexts } from './scrub-secrets.ts';
import type { CallOptions, Session, SessionHttp } from './session.ts';
import { sessionHttp } from './session-http.ts';
import { realWait, type Wait } from './wait.ts';

/**
 * What a session needs. `deadline`: no call begins after it, and no pause before another try goes beyond it. `limiter`: shared by all sessions of one connection; else the
 * session has its own. `credential`: likewise, what the vendor handed out. `wait`, `random`: real ones unless a test gives its own.
 */
export type SessionOptions = {
  settings: unknown;
  secrets: unknown;
  outbound: Outbound;
  clock: Clock;
  wait?: Wait;
  random?: () => number;
  deadline?: Temporal.Instant;
  signal?: AbortSignal;
  limiter?: RateLimiter;
  credential?: CredentialHolder;
  /** What was kept when the last credential was handed out, and how the next is kept. Where nothing keeps, it lives as long as the session. */
  kept?: Kept;
  keep?(kept: Kept): Promise<void>;
  retry?: Partial<RetryPolicy>;
};

/** Opens a session of a connection. Throws ConnectorError `settings` naming each field when settings or secrets do not fit the connector. */
export function openSession(connector: Connector, options: SessionOptions): Session {
  const settings = parsed(connector.settings, options.settings, 'settings');
  const secrets = parsed(connector.secrets, options.secrets, 'secrets');
  const wait = options.wait ?? realWait;
  const baseUrl = connector.baseUrl(settings);
  const pinned = options.outbound.forHosts(connector.hosts(settings), { caCertificates: connector.caCertificates?.(settings) ?? [] });
  const authorization = connector.authorization(settings, secrets);
  const holder = options.credential ?? { current: null };
  const known = new Map<string, Promise<unknown>>();
  // What is blotted out of every text: grows by what the vendor hands out.
  const hidden = [...secretTexts(secrets), ...Object.values(authorization).flatMap(credentialForms)];
  const scrub = (text: string) => secretScrubber(hidden)(text);
  const endings: (() => void)[] = [];
  const exchange = async (which: string | null): Promise<Credential> => {
    const kept = holder.kept ?? options.kept ?? {};
    hidden.push(...Object.values(kept));
    const given = await connector.credential!({
      settings,
      secrets,
      kept,
      http: withoutCredential(http),
      which,
      now: () => options.clock.now(),
    });
    if (given.keeps) {
      hidden.push(...Object.values(given.keeps));
      await options.keep?.(given.keeps);
      holder.kept = given.keeps;
    }
    return given;
  };
  const http: SessionHttp = sessionHttp({
    app: connector.name,
    baseUrl,
    pinned,
    authorize: async (which) => {
      if (!connector.credential) return authorization;
      const { headers } = await heldCredential(
        holderOf(holder, which),
        () => options.clock.now(),
        () => exchange(which),
      );
      for (const form of Object.values(headers).flatMap(credentialForms)) if (!hidden.includes(form)) hidden.push(form);
      return { ...authorization, ...headers };
    },
    forget: (which) => {
      if (!connector.credential) return false;
      holderOf(holder, which).current = null;
      return true;
    },
    busyUntil: connector.busyUntil ?? null,
    scrub,
    clock: options.clock,
    wait,
    random: options.random ?? Math.random,
    deadline: options.deadline ?? null,
    signal: options.signal ?? null,
    limiter: options.limiter ?? (connector.rateLimit ? createRateLimiter(connector.rateLimit, options.clock, wait) : null),
    retry: { ...defaultRetryPolicy, ...options.retry },
  });
  return {
    settings,
    http,
    inspect: (url) => pinned.inspect(url),
    dial: async (host, port) => {
      try {
        return await pinned.dial(host, port);
      } catch (error) {
        throw error instanceof OutboundError ? unreachable(error, true) : error;
      }
    },
    secrets:
      connector.transport === undefined
        ? {}
        : Object.fromEntries(Object.entries(secrets as object).filter(([, value]) => typeof value === 'string')),
    scrub,
    onClose: (work) => void endings.push(work),
    now: () => options.clock.now(),
    remember<T>(key: string, find: () => Promise<T>): Promise<T> {
      const found = (known.get(key) as Promise<T> | undefined) ?? find();
      known.set(key, found);
      // A finding that failed is not remembered.
      found.catch(() => known.delete(key));
      return found;
    },
    close: () => {
      for (const end of endings.splice(0)) end();
      pinned.close();
    },
  };
}

/** The same calls, none of which carries a credential. */
function withoutCredential(http: SessionHttp): SessionHttp {
  const open = (options: CallOptions = {}): CallOptions => ({ ...options, open: true });
  return {
    get: (path, options) => http.get(path, open(options)),
    post: (path, body, options) => http.post(path, body, open(options)),
    put: (path, body, options) => http.put(path, body, open(options)),
    patch: (path, body, options) => http.patch(path, body, open(options)),
    delete: (path, options) => http.delete(path, open(options)),
  };
}

/** A header's value and, where a scheme stands before it (`Basic …`), the credential alone. */
function credentialForms(value: string): string[] {
  return [value, ...value.split(' ').slice(1)];
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: 'settings' | 'secrets'): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new ConnectorError('settings', `The connection's ${what} do not fit. ${problems.join('; ')}.`);
}
