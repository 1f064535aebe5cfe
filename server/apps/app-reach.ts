import type { Selectable } from 'kysely';
import type { Context } from '../platform/context.ts';
import { type DB, sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';

export type App = Selectable<DB['apps_apps']>;

/** A condition on apps_apps (named `alias`) that holds for what the actor may reach: all apps, or those they own or deputise. */
export function appsInReach(ctx: Context, alias = 'apps_apps') {
  if (ctx.reach === 'all') return sql<boolean>`true`;
  const me = ctx.actor.personId;
  return sql<boolean>`(${sql.ref(`${alias}.owner_person_id`)} = ${me} or ${sql.ref(`${alias}.deputy_person_id`)} = ${me})`;
}

/** The app, if it is there and within the actor's reach. Else 404. `lock` holds the row until the transaction ends, so that readings follow one another. */
export async function getReachableApp(ctx: Context, appId: string, options: { lock?: boolean } = {}): Promise<App> {
  const app = await ctx.db
    .selectFrom('apps_apps')
    .selectAll()
    .where('id', '=', appId)
    .where('archived_at', 'is', null)
    .where(appsInReach(ctx))
    .$if(options.lock === true, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!app) throw notFound('app');
  return app;
}
