import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { type DatabaseRole, roleUrl } from '../server/platform/database.ts';
import { migrate } from '../server/platform/migrate.ts';
import { testCluster } from './setup/test-cluster.ts';

/** The key that tests derive role passwords and sealed values from. */
const secretKey = Buffer.alloc(32, 7);

/** Held while the template is made or old databases are swept, by all test processes of this checkout. */
const ADVISORY_LOCK = 4600;

export type TestDatabase = {
  name: string;
  /** A superuser, for setting up and looking behind the scenes. */
  adminUrl: string;
  /** The same database as a role of the product (e.g. `groundcrew_app`). */
  url(role: DatabaseRole): string;
  secretKey: Buffer;
  drop(): Promise<void>;
};

let made = 0;
let swept: Promise<void> | undefined;
const pending = new Set<string>();

/**
 * A migrated database of its own for one test, cloned from a template that all test processes share. It is dropped after `t`, or when
 * the process ends where connections are still open then. `migrated: false` gives an empty one.
 */
export async function testDatabase(t?: { after(work: () => Promise<void>): void }, { migrated = true } = {}): Promise<TestDatabase> {
  const { url: clusterUrl } = await testCluster();
  swept ??= atPostgres(clusterUrl, (client) => locked(client, () => sweep(client)));
  await swept;
  made += 1;
  const name = `test_${process.pid}_${made}`;
  await (migrated
    ? clone(clusterUrl, name)
    : atPostgres(clusterUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`)));
  if (pending.size === 0) process.once('beforeExit', () => void dropAll(clusterUrl).catch(() => {}));
  pending.add(name);
  const adminUrl = withDatabase(clusterUrl, name);
  const database: TestDatabase = {
    name,
    adminUrl,
    url: (role) => roleUrl(adminUrl, role, secretKey),
    secretKey,
    drop: () => drop(clusterUrl, name),
  };
  t?.after(database.drop);
  return database;
}

async function clone(clusterUrl: string, name: string): Promise<void> {
  const template = templateName();
  await atPostgres(clusterUrl, async (client) => {
    for (;;) {
      if (!(await exists(client, template))) await locked(client, () => makeTemplate(client, clusterUrl, template));
      try {
        await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
        return;
      } catch (error) {
        if (await exists(client, template)) throw error;
      }
    }
  });
}

/** The template gets its name only once it is whole, and takes no connections then. Templates of other migrations go. */
async function makeTemplate(client: Client, clusterUrl: string, template: string): Promise<void> {
  if (await exists(client, template)) return;
  const half = `half_${template}`;
  await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${half} TEMPLATE template0`);
  await migrate(withDatabase(clusterUrl, half), secretKey);
  for (const old of await namesLike(client, 'template\\_%')) await client.query(`DROP DATABASE IF EXISTS ${old} WITH (FORCE)`);
  await client.query(`ALTER DATABASE ${half} ALLOW_CONNECTIONS false`);
  await client.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1`, [half]);
  await client.query(`ALTER DATABASE ${half} RENAME TO ${template}`);
}

function templateName(): string {
  const root = path.resolve(import.meta.dirname, '..');
  const files = [
    ...globSync('database/migrations/*.sql', { cwd: root }),
    'server/platform/migrate.ts',
    'server/platform/database.ts',
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return `template_${hash.digest('hex').slice(0, 16)}`;
}

/** A connection that is still open (a pool whose end comes later) keeps its database until the process ends. */
async function drop(clusterUrl: string, name: string): Promise<void> {
  if (!pending.has(name)) return;
  await atPostgres(clusterUrl, async (client) => {
    const open = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (open.rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    pending.delete(name);
  });
}

async function dropAll(clusterUrl: string): Promise<void> {
  await atPostgres(clusterUrl, async (client) => {
    for (const name of pending) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    pending.clear();
  });
}

/** Drops what test processes that were killed left behind. */
async function sweep(client: Client): Promise<void> {
  for (const name of await namesLike(client, 'test\\_%')) {
    const pid = Number(name.split('_')[1]);
    if (pid !== process.pid && !isAlive(pid)) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function locked(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
  try {
    await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCK]);
  }
}

async function atPostgres<T>(clusterUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: clusterUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: Client, name: string): Promise<boolean> {
  return (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount === 1;
}

async function namesLike(client: Client, pattern: string): Promise<string[]> {
  const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [pattern]);
  return found.rows.map((row) => row.datname);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
