import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { type DatabaseRole, rolePassword, roleUrl } from './database.ts';
import { Refusal } from './errors.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'database', 'migrations');
const loginRoles: DatabaseRole[] = ['groundcrew_app', 'groundcrew_auth', 'groundcrew_jobs', 'groundcrew_sealer'];
const advisoryLock = 4_600_4600;

type Migration = { name: string; text: string; hash: string };

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** Roles belong to the whole cluster: what another database's migration changes at the same instant is tried again. */
async function makeRolesInTurn(client: pg.Client, secretKey: Buffer): Promise<void> {
  for (let left = 20; ; left -= 1) {
    try {
      return await makeRoles(client, secretKey);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const collided = ['23505', '42710'].includes(code ?? '') || /concurrently/.test(message);
      if (!collided || left === 0) throw error;
    }
  }
}

async function makeRoles(client: pg.Client, secretKey: Buffer): Promise<void> {
  for (const role of ['groundcrew_lookup', ...loginRoles]) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${role} nologin nosuperuser nocreatedb nocreaterole nobypassrls`);
  }
  for (const role of loginRoles) {
    await client.query(`alter role ${role} login password '${rolePassword(role, secretKey)}'`);
  }
  const { rows } = await client.query<{ name: string; me: string }>('select current_database() as name, current_user as me');
  const [{ name, me }] = rows as [{ name: string; me: string }];
  const database = pg.escapeIdentifier(name);
  await client.query(`grant groundcrew_lookup to ${pg.escapeIdentifier(me)}`);
  await client.query(`grant connect on database ${database} to ${loginRoles.join(', ')}`);
  await client.query(`grant create on database ${database} to groundcrew_auth, groundcrew_jobs`);
  // Nobody needs temporary tables, and one that is named like a table of ours could stand in its place.
  await client.query(`revoke temporary on database ${database} from public`);
  await client.query('revoke create on schema public from public');
  await client.query('grant usage, create on schema public to groundcrew_lookup');
  await client.query(`grant usage on schema public to ${loginRoles.join(', ')}`);
}

/** The job tables belong to the role that works jobs. The application may add jobs of its organization and read those; nothing else. */
async function makeJobTables(adminUrl: string, client: pg.Client, secretKey: Buffer): Promise<void> {
  const boss = new PgBoss({ connectionString: roleUrl(adminUrl, 'groundcrew_jobs', secretKey), supervise: false, schedule: false, max: 2 });
  boss.on('error', () => {});
  await boss.start();
  await boss.stop({ graceful: false });
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'pgboss' and tablename in ('job', 'job_common')",
  );
  await client.query('grant usage on schema pgboss to groundcrew_app');
  await client.query('grant select on pgboss.queue to groundcrew_app');
  for (const { name } of rows) {
    await client.query(`alter table pgboss.${name} enable row level security`);
    await client.query(`drop policy if exists own_organization on pgboss.${name}`);
    await client.query(
      `create policy own_organization on pgboss.${name} to groundcrew_app using (data->>'organizationId' = (select current_organization())::text) with check (data->>'organizationId' = (select current_organization())::text)`,
    );
    await client.query(`grant select, insert on pgboss.${name} to groundcrew_app`);
  }
  await client.query('grant execute on all functions in schema pgboss to groundcrew_app');
}

/**
 * Brings a database to the newest version: roles, the files of database/migrations in order (each in a transaction), job tables.
 * `adminUrl` is only used here. `until` names the last file to run, for what an older version wrote. Concurrent calls wait for each other. A file that changed after it ran is refused.
 */
export async function migrate(adminUrl: string, secretKey: Buffer, options: { until?: string | undefined } = {}): Promise<void> {
  const migrations = await readMigrations();
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'groundcrew migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query(
      'create table if not exists groundcrew_migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from groundcrew_migrations');
    const done = new Map(rows.map((row) => [row.name, row.hash]));
    for (const name of done.keys()) {
      if (name.endsWith('.sql') && !migrations.some((migration) => migration.name === name)) {
        throw new Refusal(
          500,
          'newer_database',
          `The database was last used by a newer Groundcrew (${name}). Start that version, or restore a backup.`,
        );
      }
    }
    await makeRolesInTurn(client, secretKey);
    const open = migrations.filter(({ name }) => !done.has(name) && (options.until === undefined || name <= options.until));
    for (const migration of migrations) {
      if (done.has(migration.name) && done.get(migration.name) !== migration.hash) {
        throw new Refusal(
          500,
          'changed_migration',
          `The migration ${migration.name} was changed after it ran. Put the original back and add a new file.`,
        );
      }
    }
    for (const migration of open) {
      await client.query('begin');
      try {
        await client.query(migration.text);
        await client.query('insert into groundcrew_migrations (name, hash) values ($1, $2)', [migration.name, migration.hash]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
      }
    }
    if (open.length > 0) await makeJobTables(adminUrl, client, secretKey);
  } finally {
    await client.end();
  }
}
