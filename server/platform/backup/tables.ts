import pg from 'pg';

export type Table = { schema: string; name: string; columns: string[] };

const ours = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

/** Every table that holds rows, in all schemas (the product's, sign-in's, the job queue's), with the columns that are stored as given. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name,
      array_agg(a.attname::text order by a.attnum) filter (where a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and ${ours} and not (n.nspname = 'public' and c.relname = 'groundcrew_migrations')
    group by 1, 2 order by 1, 2`);
  return rows;
}

export async function listSequences(client: pg.Client): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours} order by 1, 2`,
  );
  return rows;
}

export const qualified = ({ schema, name }: { schema: string; name: string }): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

/** The migrations that made this database, in order. */
export async function listMigrations(client: pg.Client): Promise<{ name: string; hash: string }[]> {
  const { rows } = await client.query('select name, hash from groundcrew_migrations order by name');
  return rows;
}

// COPY's text format follows these settings; both sides must agree on them.
export const copySettings =
  "set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set row_security = off";
