import { Client } from 'pg';
import type { World } from '../world.ts';

/** Everything that all tables hold, as text. */
export async function tablesOf(world: World): Promise<Record<string, string>> {
  const client = new Client({ connectionString: world.database.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'auth', 'pgboss')",
    );
    const found: Record<string, string> = {};
    for (const { name } of rows)
      found[name] = (
        await client.query(`select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as text from ${name} t`)
      ).rows[0].text;
    return found;
  } finally {
    await client.end();
  }
}
