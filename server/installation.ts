import { jobs, reactions } from './jobs.ts';
import type { Config } from './platform/config.ts';
import { registerReactions } from './platform/events.ts';
import type { Log } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { openPlatform, type Platform } from './platform/platform.ts';
import type { Database } from './platform/postgres/start-database.ts';
import { loadSecretKey } from './platform/secrets.ts';

/** The opened installation: a migrated database with all parts on it. `postgres` is null when the operator brings their own. */
export type Installation = { platform: Platform; secretKey: Buffer } & Database;

/** Migrates the database and opens the platform on it. Nothing works yet: `startJobs` and the sealer's start begin that. */
export async function openInstallation(config: Config, database: Database, log: Log): Promise<Installation> {
  const secretKey = await loadSecretKey(config);
  await migrate(database.adminUrl, secretKey);
  registerReactions(reactions);
  const platform = openPlatform({ config, adminUrl: database.adminUrl, secretKey, log });
  return { platform, secretKey, ...database };
}

/** Takes up background jobs of all kinds. */
export const startJobs = (platform: Platform): Promise<void> => platform.jobs.start(platform, jobs);
