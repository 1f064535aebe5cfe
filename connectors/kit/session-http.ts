import type { Clock } from '../../server/platform/clock.ts';
import { type JsonLimits, OutboundError, type OutboundResponse, type PinnedOutbound } from '../../server/platform/outbound/index.ts';
import { answerError } from './answer-error.ts';
import { ConnectorError, perhapsDone, unreachable } from './connector-error.ts';
import type { Connector } from './define-connector.ts';
import type { RateLimiter } from './rate-limit.ts';
import { notNow, type RetryPolicy, retryAt, retryDelayMs, worthAnotherTry } from './retry.ts';
import type { CallOptions, SessionHttp } from './session.ts';
import type { Wait } from './wait.ts';

const defaultTimeoutMs = 30_000;

export type HttpContext = {
  app: string;
  baseUrl: string | null;
  pinned: PinnedOutbound;
  /** Headers that carry the credential; asked for when there is none yet. */
  authorize(which: string | null): Promise<Record<string, string>>;
  /** Forgets a credential that was refused; false where there is none that could be asked for again. */
  forget(which: string | null): boolean;
  busyUntil: Connector['busyUntil'] | null;
  scrub: (text: string) => string;
  clock: Clock;
  wait: Wait;
  random: () => number;
  deadline: Temporal.Instant | null;
  signal: AbortSignal | null;
  limiter: RateLimiter | null;
  retry: RetryPolicy;
};

/** The calls of one session: every call goes through the limiter, is tried again where that is safe, and fails with a ConnectorError. */
export function sessionHttp(context: HttpContext): SessionHttp {
  const call = (method: string, path: string, body: unknown, options: CallOptions = {}) =>
    callWithRetries(context, method, path, body, options);
  return {
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    patch: (path, body, options) => call('PATCH', path, body, options),
    delete: (path, options) => call('DELETE', path, options?.body, options),
  };
}

async function callWithRetries(
  context: HttpContext,
  method: string,
  path: string,
  body: unknown,
  options: CallOptions,
): Promise<OutboundResponse> {
  const { clock, wait, retry, deadline, signal } = context;
  const url = addressOf(context, path, options);
  const isRead = method === 'GET';
  const repeatable = options.repeatable ?? (['GET', 'PUT', 'DELETE'].includes(method) || options.idempotencyKey !== undefined);
  let mayHaveHappened = false;
  let refusedBefore = false;
  for (let attempt = 1; ; attempt++) {
    const { response, error, again, asked } = await oneAttempt(context, method, url, body, options, isRead, repeatable);
    if (response !== null) return response;
    // A credential that was handed out may have been withdrawn before its time: it is asked for once more, and nothing has happened yet.
    if (error.status === 401 && !refusedBefore && !options.open && context.forget(options.credential ?? null)) {
      refusedBefore = true;
      continue;
    }
    mayHaveHappened ||= error.mayHaveHappened;
    const failure = mayHaveHappened ? perhapsDone(error) : error;
    const delay = asked
      ? Math.max(0, asked.epochMilliseconds - clock.now().epochMilliseconds)
      : retryDelayMs(attempt, retry, context.random());
    const tooLate = deadline !== null && Temporal.Instant.compare(clock.now().add({ milliseconds: delay }), deadline) > 0;
    const tooLong = delay > 2 * retry.maxDelayMs;
    if (!again || attempt >= retry.attempts || tooLate || tooLong || signal?.aborted) throw failure;
    await wait(delay, signal ?? undefined);
    if (signal?.aborted) throw failure;
  }
}

type Attempt =
  | { response: OutboundResponse; error: null; again: false; asked: null }
  | { response: null; error: ConnectorError; again: boolean; asked: Temporal.Instant | null };

async function oneAttempt(
  context: HttpContext,
  method: string,
  url: URL,
  body: unknown,
  options: CallOptions,
  isRead: boolean,
  repeatable: boolean,
): Promise<Attempt> {
  await context.limiter?.take();
  if (isOver(context)) return { response: null, error: noTimeLeft(url), again: false, asked: null };
  const authorization = options.open ? {} : await context.authorize(options.credential ?? null);
  let response: OutboundResponse;
  try {
    response = await context.pinned.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': options.form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...options.headers,
        ...authorization,
      },
      body: bodyText(body, options.form === true),
      timeoutMs: timeLeftMs(context, options.timeoutMs ?? defaultTimeoutMs),
      maxBytes: options.maxBytes,
      idempotencyKey: options.idempotencyKey,
      signal: context.signal ?? undefined,
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const failed = unreachable(error, isRead);
    return { response: null, error: failed, again: failed.temporary && (repeatable || !failed.mayHaveHappened), asked: null };
  }
  if ((response.status >= 200 && response.status < 300) || options.accept?.includes(response.status)) {
    return { response: readable(response, isRead), error: null, again: false, asked: null };
  }
  const now = context.clock.now();
  const busyUntil =
    context.busyUntil?.({ status: response.status, headers: response.headers, body: () => bodyOrNull(response) }, now) ?? null;
  const asked = retryAt(response.headers['retry-after'], now) ?? busyUntil;
  const busy = busyUntil !== null;
  const error = answerError(url.hostname, response, { isRead, retryAt: asked, scrub: context.scrub, right: options.right, busy });
  const again = busy || notNow.includes(response.status) || (repeatable && worthAnotherTry.includes(response.status));
  return { response: null, error, again, asked };
}

function bodyText(body: unknown, form: boolean): string | undefined {
  if (body === undefined) return undefined;
  return form ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
}

/** What an answer says in JSON; null where it is none. */
function bodyOrNull(response: OutboundResponse): unknown {
  try {
    return response.json({ maxDepth: 20, maxValues: 10_000 });
  } catch {
    return null;
  }
}

/** The same answer, whose JSON fails with a ConnectorError. */
function readable(response: OutboundResponse, isRead: boolean): OutboundResponse {
  const json = (limits?: JsonLimits) => {
    try {
      return response.json(limits);
    } catch (error) {
      throw error instanceof OutboundError ? unreachable(error, isRead) : error;
    }
  };
  return { ...response, json };
}

function isOver({ deadline, clock, signal }: HttpContext): boolean {
  return signal?.aborted === true || (deadline !== null && Temporal.Instant.compare(clock.now(), deadline) >= 0);
}

const noTimeLeft = (url: URL) =>
  new ConnectorError('unreachable', `${url.hostname} took too long: the time for this was over. Nothing more was sent.`, {
    temporary: true,
  });

/** A call is given no more time than is left until the deadline, but a second at least. */
function timeLeftMs(context: HttpContext, wanted: number): number {
  if (context.deadline === null) return wanted;
  return Math.min(wanted, Math.max(1_000, context.deadline.epochMilliseconds - context.clock.now().epochMilliseconds));
}

function addressOf(context: HttpContext, path: string, options: CallOptions): URL {
  if (context.baseUrl === null) throw new ConnectorError('settings', `${context.app} has no address to call.`);
  const whole = /^[a-z][a-z0-9+.-]*:|^\/\//i.test(path);
  const text = whole ? path : `${context.baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  if (!URL.canParse(text, context.baseUrl))
    throw new ConnectorError('broken', `${context.app} named an address that cannot be read. It was not called.`);
  const url = new URL(text, context.baseUrl);
  for (const [name, value] of Object.entries(options.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}
