import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handClock } from '../../server/platform/clock.ts';
import { createRateLimiter } from './rate-limit.ts';
import { defaultRetryPolicy, retryAt, retryDelayMs } from './retry.ts';
import { secretScrubber } from './scrub-secrets.ts';

const now = Temporal.Instant.from('2026-11-21T12:00:00Z');

test('pauses double up to a limit, and half of each is chance', () => {
  const delays = [1, 2, 3, 4, 20].map((attempt) => [
    retryDelayMs(attempt, defaultRetryPolicy, 0),
    retryDelayMs(attempt, defaultRetryPolicy, 1),
  ]);
  assert.deepEqual(delays, [
    [250, 500],
    [500, 1_000],
    [1_000, 2_000],
    [2_000, 4_000],
    [15_000, 30_000],
  ]);
});

test('Retry-After is read as seconds and as a date, and nonsense as nothing', () => {
  assert.equal(retryAt('120', now)?.toString(), '2026-11-21T12:02:00Z');
  assert.equal(retryAt('Sat, 21 Nov 2026 12:05:00 GMT', now)?.toString(), '2026-11-21T12:05:00Z');
  for (const nonsense of [undefined, '', 'soon', '-5', '1e9', '99999999999999'])
    assert.equal(retryAt(nonsense, now), null, String(nonsense));
});

test('the rate limit lets a burst through and then spreads calls evenly', async () => {
  const clock = handClock('2026-11-21T12:00:00Z');
  const waits: number[] = [];
  const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, clock, async (milliseconds) => {
    waits.push(milliseconds);
  });
  for (let call = 0; call < 5; call++) await limiter.take();
  assert.deepEqual(waits, [500, 1_000]);
  clock.advance({ seconds: 10 });
  for (let call = 0; call < 3; call++) await limiter.take();
  assert.deepEqual(waits, [500, 1_000]);
});

test('secrets are blotted out in every form, and long or odd texts are tamed', () => {
  const scrub = secretScrubber(['t0p s3cret/+', 'abc'], 60);
  assert.equal(scrub('a t0p s3cret/+ b t0p%20s3cret%2F%2B c dDBwIHMzY3JldC8r d'), 'a ••• b ••• c ••• d');
  assert.equal(scrub('line\r\n\u0000break'), 'line break');
  assert.equal(scrub('x'.repeat(100)).length, 61);
  assert.equal(scrub('abc is too short to be taken for a secret'), 'abc is too short to be taken for a secret');
});
