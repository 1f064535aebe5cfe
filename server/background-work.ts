import { setTimeout as delay } from 'node:timers/promises';
import { followAbsences, mendByTime } from './access/index.ts';
import { renewHooks, watchFolder } from './connections/index.ts';
import { refreshDaily } from './hygiene/index.ts';
import { startJobs } from './installation.ts';
import { isPaused } from './platform/paused.ts';
import type { Platform } from './platform/platform.ts';
import { repeat } from './platform/repeat.ts';
import { applyRetention } from './platform/retention.ts';
import { signHeadsHourly } from './platform/sign-heads-hourly.ts';
import { retention } from './retention.ts';
import { createRunner } from './runner.ts';

/** Everything that works without being asked: jobs, what is due, audit heads, retention. Not to be called while paused. Returns what ends it. */
export async function startBackgroundWork(platform: Platform): Promise<() => Promise<void>> {
  await startJobs(platform);
  const runner = createRunner(platform);
  await runner.start();
  const ends = [
    repeat(platform, { name: 'audit heads', everySeconds: 60 }, signHeadsHourly(platform)),
    repeat(platform, { name: 'mending by time', everySeconds: 60 }, mendByTime(platform)),
    repeat(platform, { name: 'hooks', everySeconds: 60 }, renewHooks(platform)),
    repeat(platform, { name: 'folder of people lists', everySeconds: 60 }, watchFolder(platform)),
    repeat(platform, { name: 'hygiene', everySeconds: 60 }, refreshDaily(platform)),
    repeat(platform, { name: 'leaves of absence', everySeconds: 60 }, followAbsences(platform)),
    repeat(platform, { name: 'retention', everySeconds: 600 }, applyRetention(platform, retention)),
  ];
  return async () => {
    await Promise.all([runner.stop(), ...ends.map((end) => end())]);
  };
}

const soonSeconds = 15;
const mostSeconds = 300;

/**
 * Works everything that is due, and what becomes due within seconds of it (apps after the sign-in system, reads after an attempt): for
 * commands that run without a server. Does nothing while paused. Ends after five minutes; what is later needs a running server.
 */
export async function settleWork(platform: Platform): Promise<void> {
  const { jobs } = await import('./jobs.ts');
  const runner = createRunner(platform);
  const end = performance.now() + mostSeconds * 1000;
  while (!(await isPaused(platform)) && performance.now() < end) {
    const done = (await platform.jobs.drain(platform, jobs)) + (await runner.settle());
    if (done > 0) continue;
    const seconds = await secondsUntilDue(platform);
    if (seconds === null || seconds > soonSeconds || platform.config.clockIsHeld) break;
    await delay(Math.max(0, seconds) * 1000 + 20);
  }
  await runner.stop();
}

async function secondsUntilDue(platform: Platform): Promise<number | null> {
  const { rows } = await platform.jobsPool.query<{ at: string | null }>('select next_due() as at');
  const at = rows[0]?.at;
  return at ? Temporal.Instant.from(at).since(platform.clock.now()).total('seconds') : null;
}
