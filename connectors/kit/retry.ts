/** How often and how long a call is tried again. Durations in milliseconds. */
export type RetryPolicy = { attempts: number; firstDelayMs: number; maxDelayMs: number };

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, firstDelayMs: 500, maxDelayMs: 30_000 };

/**
 * The pause before attempt `attempt` + 1 (attempts count from 1): exponential, of which the second half is random ("equal jitter"), so that
 * many connections do not come back in the same moment. `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, policy: RetryPolicy, random: number): number {
  const full = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random);
}

/** Reads a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3). null when there is none that can be read. */
export function retryAt(header: string | undefined, now: Temporal.Instant): Temporal.Instant | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return now.add({ seconds: Number(text) });
  const milliseconds = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** Statuses that say "not now, and nothing was done": any call may be made again. */
export const notNow = [429, 503];

/** Statuses after which a repeatable call may be made again. */
export const worthAnotherTry = [408, 425, 500, 502, 504, ...notNow];
