import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Gives an entitlement of an app that no connection reads a place, so that somebody can be asked to give it. An app that is read over a
 * connection shows its own. The name is its id, as in the lists that people upload, so that a later list finds it again.
 */
export async function ensureEntitlement(ctx: Context, input: { appId: string; name: string; kind: string | null }): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select e.id from apps_entitlements e where e.app_id = ${input.appId}
      and (lower(e.name) = lower(${input.name}) or lower(e.external_id) = lower(${input.name}))
      and (${input.kind}::text is null or lower(e.kind) = lower(${input.kind}::text)) limit 1`.execute(ctx.db);
  if (rows.length > 0) return;
  const app = await ctx.db.selectFrom('apps_apps').select('writer').where('id', '=', input.appId).executeTakeFirst();
  if (!app || app.writer === 'connection') return;
  await ctx.db
    .insertInto('apps_entitlements')
    .values({
      organization_id: ctx.organizationId,
      app_id: input.appId,
      external_id: input.name,
      kind: input.kind ?? 'role',
      name: input.name,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'app_id', 'kind', 'external_id']).doNothing())
    .execute();
}
