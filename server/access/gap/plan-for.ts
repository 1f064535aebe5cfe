import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

const settings = {
  // A plan that is kept for any targets expects a few of them, and takes minutes where there are thousands and a million grants. Of matches that
  // were only just written PostgreSQL knows nothing at all, and would look up each of them by itself.
  company: { plan_cache_mode: 'force_custom_plan', enable_nestloop: 'off' },
  // A small table is cheaper to read whole than by its index, and then other people's rows are read for the sake of one.
  // A kept plan may have been made without these settings.
  person: { plan_cache_mode: 'force_custom_plan', enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' },
};
const usual: Record<string, string> = {
  plan_cache_mode: 'auto',
  enable_nestloop: 'on',
  enable_seqscan: 'on',
  enable_hashjoin: 'on',
  enable_mergejoin: 'on',
};

/**
 * Runs statements that are about the whole company, or about one person, with what PostgreSQL cannot know of them: that a company's rows are many and
 * are joined at once, and that a person's rows are few and are each looked up. Afterwards it plans as usual; a transaction that fails takes its settings along.
 */
export async function planFor<T>(ctx: Context, whom: keyof typeof settings, work: () => Promise<T>): Promise<T> {
  const set = (values: Record<string, string>) =>
    sql`select set_config(name, value, true) from unnest(${Object.keys(values)}::text[], ${Object.values(values)}::text[]) as s(name, value)`.execute(
      ctx.db,
    );
  const names = Object.keys(settings[whom]);
  await set(settings[whom]);
  const done = await work();
  await set(Object.fromEntries(names.map((name) => [name, usual[name]!])));
  return done;
}
