import type { Config } from './config.ts';
import type { Platform } from './platform.ts';
import type { RunningPostgres } from './postgres/start-postgres.ts';

const everySeconds = 1;

/**
 * Starts our own PostgreSQL again when it has died under the running server. Connections come back by themselves, because it returns on
 * the same port; where that was taken meanwhile, the process ends and says so, and the next start finds the new port. `stop` ends the
 * watching, and the database.
 */
export function watchDatabase(config: Config, platform: Platform, postgres: RunningPostgres | null): { stop(): Promise<void> } {
  let current = postgres;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<void> = Promise.resolve();

  const look = async () => {
    if (!(await isGone(platform)) || stopped || !current) return;
    const { startPostgres } = await import('./postgres/start-postgres.ts');
    platform.log.warn('the database has ended; starting it again');
    const again = await startPostgres({
      dataFolder: config.dataFolder,
      durability: config.durability,
      log: (line) => platform.log.info(line),
    });
    if (again.url !== current.url) {
      process.stderr.write('The database came back on another port. Start Groundcrew again.\n');
      process.exit(1);
    }
    current = again;
    platform.wake();
  };
  const turn = () => {
    turning = look()
      .catch((error) => platform.log.error({ problem: (error as Error).message }, 'the database could not be started again'))
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, everySeconds * 1000);
      });
  };
  if (postgres) timer = setTimeout(turn, everySeconds * 1000);
  return {
    // What is being started at this moment is waited for, so that it is stopped and not left behind.
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await turning;
      await current?.stop();
    },
  };
}

async function isGone(platform: Platform): Promise<boolean> {
  try {
    await platform.jobsPool.query('select 1');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  }
}
