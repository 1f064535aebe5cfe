import { sql } from './database.ts';
import type { Platform } from './platform.ts';

export type Pause = { since: string; reason: string; restoredFrom: string | null };

const freshSeconds = 2;
const known = new WeakMap<Platform, { at: number; pause: Pause | null }>();

/** Why the installation does nothing at present, or null when it works. Read afresh at most every two seconds. */
export async function findPause(platform: Platform): Promise<Pause | null> {
  const kept = known.get(platform);
  if (kept && performance.now() - kept.at < freshSeconds * 1000) return kept.pause;
  const row = await platform.database
    .selectFrom('platform_installation')
    .select(['paused_since', 'paused_reason', 'restored_from'])
    .executeTakeFirstOrThrow();
  const pause = row.paused_since ? { since: row.paused_since, reason: row.paused_reason ?? '', restoredFrom: row.restored_from } : null;
  known.set(platform, { at: performance.now(), pause });
  return pause;
}

/** Whether the runner, jobs, mail and syncs are to do nothing: after a restore, until somebody has confirmed. */
export const isPaused = async (platform: Platform): Promise<boolean> => (await findPause(platform)) !== null;

/** Ends the pause. Returns false when there was none. */
export async function endPause(platform: Platform): Promise<boolean> {
  const { rows } = await sql`
    update platform_installation set paused_since = null, paused_reason = null where paused_since is not null returning 1`.execute(
    platform.database,
  );
  known.delete(platform);
  platform.wake();
  return rows.length > 0;
}

/**
 * Runs `begin` at once, or, while the installation is paused, as soon as the pause has ended (seen within two seconds, whichever node or
 * command ended it). Returns what stops the waiting.
 */
export async function beginUnlessPaused(platform: Platform, begin: () => Promise<void>): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    if (!(await isPaused(platform))) return begin();
    timer = setTimeout(() => {
      look().catch((error) => {
        platform.log.warn({ problem: (error as Error).message }, 'could not see whether the pause has ended');
        timer = setTimeout(look, freshSeconds * 1000);
      });
    }, freshSeconds * 1000);
  };
  await look();
  return () => clearTimeout(timer);
}
