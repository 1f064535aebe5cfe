import type { Clock } from '../../server/platform/clock.ts';
import type { Wait } from './wait.ts';

/** Lets calls through at most `perSecond` on average and `burst` at once. */
export type RateLimit = { perSecond: number; burst: number };

/** Resolves when the next call may be made. One limiter is shared by all sessions of a connection. */
export type RateLimiter = { take(): Promise<void> };

/** A token bucket on the given clock. */
export function createRateLimiter(limit: RateLimit, clock: Clock, wait: Wait): RateLimiter {
  let tokens = limit.burst;
  let filledAt = clock.now().epochMilliseconds;
  return {
    async take() {
      const now = clock.now().epochMilliseconds;
      tokens = Math.min(limit.burst, tokens + (Math.max(0, now - filledAt) / 1_000) * limit.perSecond);
      filledAt = now;
      tokens -= 1;
      if (tokens < 0) await wait(Math.ceil((-tokens / limit.perSecond) * 1_000));
    },
  };
}
