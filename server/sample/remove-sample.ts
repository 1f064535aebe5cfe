import { type Context, runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, forbidden, notFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

const patienceSeconds = 5;

/**
 * Removes a sample organization whole: every row of it in every table, its audit, its jobs. Refuses any organization that is no sample, and
 * one that is being filled at the moment.
 */
export async function removeSample(platform: Platform, organizationId: string): Promise<void> {
  await runAsSystem(platform, organizationId, async (ctx) => {
    const organization = await holdAlone(ctx);
    if (!organization) throw notFound('sample');
    if (!organization.sample) throw forbidden('This organization is no sample. Only samples can be removed. Nothing was changed.');
    await sql`select remove_sample_audit()`.execute(ctx.db);
    for (const table of await tablesInOrder(ctx)) {
      await sql`delete from ${sql.table(table)} where organization_id = ${organizationId}`.execute(ctx.db);
    }
  });
  await platform.jobsPool.query("delete from pgboss.job where data->>'organizationId' = $1", [organizationId]);
}

/** The organization's own row, held so that nobody writes in it any more. Whoever fills or works on it keeps this waiting for some seconds. */
async function holdAlone(ctx: Context): Promise<{ sample: boolean } | undefined> {
  await sql`select set_config('lock_timeout', ${`${patienceSeconds}s`}, true)`.execute(ctx.db);
  try {
    return await ctx.db.selectFrom('identity_organizations').select('sample').forUpdate().executeTakeFirst();
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw conflict('sample_is_busy', 'The sample is being worked on at the moment. Nothing was removed. Try again in a minute.');
  }
}

const ownRemoval = ['platform_audit_events', 'platform_audit_values', 'platform_audit_heads'];

/** Every tenant table, each before those that it refers to. */
async function tablesInOrder(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ name: string; refers_to: string[] }>`
    select c.relname as name, array(
      select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid where k.contype = 'f' and k.conrelid = c.oid and k.confrelid <> c.oid) as refers_to
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname`.execute(ctx.db);
  const left = new Map(rows.filter(({ name }) => !ownRemoval.includes(name)).map((row) => [row.name, row.refers_to]));
  const order: string[] = [];
  while (left.size > 0) {
    const needed = new Set([...left.values()].flat());
    const free = [...left.keys()].filter((name) => !needed.has(name));
    if (free.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...left.keys()].join(', ')}.`);
    for (const name of free) left.delete(name);
    order.push(...free);
  }
  return order;
}
