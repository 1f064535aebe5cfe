import { readFileSync } from 'node:fs';

/** Where the present comes from. Nothing else in the product asks the machine for the time. */
export type Clock = { now(): Temporal.Instant };

/** The machine's clock, in microseconds: what PostgreSQL keeps, so that an instant is the same after it was stored. */
export const systemClock: Clock = { now: () => Temporal.Now.instant().round({ smallestUnit: 'microsecond', roundingMode: 'floor' }) };

/**
 * A clock that reads its instant (ISO 8601, UTC) from a file at every call, so that a test moves the time of child processes too.
 * The operator sets it with GROUNDCREW_CLOCK_FILE; the page says so when it is in use.
 */
export function fileClock(file: string): Clock {
  return { now: () => Temporal.Instant.from(readFileSync(file, 'utf8').trim()) };
}

/** A clock that a test holds in its hand. */
export function handClock(start: string): Clock & { set(instant: string): void; advance(duration: Temporal.DurationLike): void } {
  let instant = Temporal.Instant.from(start);
  return {
    now: () => instant,
    set: (next) => {
      instant = Temporal.Instant.from(next);
    },
    advance: (duration) => {
      instant = instant.add(duration);
    },
  };
}
