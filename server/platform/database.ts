import { createHmac } from 'node:crypto';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './database-types.gen.ts';

export type Database = Kysely<DB>;
export type { DB };
export { sql };

/** The roles that log in. Each has only what its work needs; none owns a table. */
export type DatabaseRole = 'groundcrew_app' | 'groundcrew_auth' | 'groundcrew_jobs' | 'groundcrew_sealer';

/** The password of a role: derived from the installation's key, so that nothing has to be stored. */
export const rolePassword = (role: DatabaseRole, secretKey: Buffer): string =>
  createHmac('sha256', secretKey).update(`database role ${role}`).digest('base64url');

/** The administrator's connection address with another role signed in. */
export function roleUrl(adminUrl: string, role: DatabaseRole, secretKey: Buffer): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = rolePassword(role, secretKey);
  return url.toString();
}

// Instants are ISO 8601 texts in UTC, local dates and times are ISO texts without a zone, everywhere in the server.
const isoInstant = (text: string) => (/infinity/.test(text) ? text : Temporal.Instant.from(text.replace(' ', 'T')).toString());
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);
types.setTypeParser(pg.types.builtins.TIMESTAMP, (text: string) => text.replace(' ', 'T'));
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoInstant);
types.setTypeParser(pg.types.builtins.INT8, Number);
// The driver's types name no arrays: these are the oids of text[] and timestamptz[].
const parseTexts = pg.types.getTypeParser(1009 as typeof pg.types.builtins.TEXT) as (text: string) => string[];
types.setTypeParser(1185, (text: string) => parseTexts(text).map(isoInstant));

const mostPrepared = 500;
const prepared = new Map<string, string>();

/**
 * A connection that plans a statement once: half of a short transaction's time is otherwise spent planning views under row-level security.
 * Statements beyond the first 500 texts (lists of ever other lengths) are planned each time, so that plans take bounded memory.
 */
class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's many signatures are passed on as they come
  override query(...args: any[]): any {
    const [text, values] = args;
    if (typeof text !== 'string' || !Array.isArray(values)) return super.query(...(args as [never]));
    let name = prepared.get(text);
    if (!name && prepared.size < mostPrepared) {
      name = `groundcrew ${prepared.size}`;
      prepared.set(text, name);
    }
    if (!name) return super.query(...(args as [never]));
    return super.query({ name, text, values }, ...(args.slice(2) as [never]));
  }
}

/** Connections of one role. `max` bounds them. */
export function openPool(url: string, options: { max?: number; name?: string } = {}): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'groundcrew',
    types,
    options: '-c timezone=UTC',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A connection that breaks is replaced by the pool and fails the query under way; without a listener the process would end.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export const overPool = (pool: pg.Pool): Database => new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });

/** Who looks, as row-level security understands it: 'system', a member's id, or `person:<id>` for somebody with a signed link. */
export type Viewer = string;

/**
 * Runs `work` in one transaction that sees only `organizationId`, at `now`, through the eyes of `viewer`.
 * Serialization failures are the caller's to repeat; nothing here retries.
 */
export async function inOrganization<T>(
  database: Database,
  about: { organizationId: string; viewer: Viewer; now: Temporal.Instant },
  work: (transaction: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return database.transaction().execute(async (transaction) => {
    await sql`select set_config('groundcrew.organization', ${about.organizationId}, true), set_config('groundcrew.member', ${about.viewer}, true), set_config('groundcrew.now', ${about.now.toString()}, true)`.execute(
      transaction,
    );
    await sql`select enter_organization()`.execute(transaction);
    return work(transaction);
  });
}
