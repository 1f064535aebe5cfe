import type { Config } from '../config.ts';
import type { RunningPostgres } from './start-postgres.ts';

/** Where the database is reached as its administrator. `postgres` is ours to stop; null when the operator brings their own. */
export type Database = { adminUrl: string; postgres: RunningPostgres | null };

/** Starts or adopts the PostgreSQL that comes with Groundcrew, unless DATABASE_URL names another. `say` hears what takes time. */
export async function startDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  if (config.databaseUrl) return { adminUrl: config.databaseUrl, postgres: null };
  const { startPostgres } = await import('./start-postgres.ts');
  const postgres = await startPostgres({ dataFolder: config.dataFolder, durability: config.durability, log: say });
  return { adminUrl: postgres.url, postgres };
}
