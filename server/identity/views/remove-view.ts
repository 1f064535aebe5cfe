import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import type { ViewToKeep } from './keep-view.ts';
import { mayDo, mayReadList } from './view-lists.ts';

/** Removes a kept view: one's own, or one for everybody (permission `views:share`). The list and its rows stay. */
export async function removeView(ctx: Context, viewId: string): Promise<void> {
  const before = await getOwnView(ctx, viewId);
  await ctx.db.deleteFrom('identity_views').where('id', '=', viewId).execute();
  await appendAudit(ctx, { action: 'view.removed', subject: { kind: 'view', id: viewId, name: before.name }, before });
}

/** A view that who acts may change. 404 for those of others, 403 for one for everybody without the permission. */
export async function getOwnView(ctx: Context, viewId: string): Promise<ViewToKeep> {
  const { rows } = await sql<ViewToKeep>`
    select list, name, query, member_id is null as shared from identity_views
    where id = ${viewId} and (member_id is null or member_id = ${ctx.actor.memberId})`.execute(ctx.db);
  const view = rows[0];
  if (view === undefined || !mayReadList(ctx.actor, view.list)) throw notFound('view');
  if (view.shared && !mayDo(ctx.actor, 'views:share'))
    throw forbidden('Views for everybody are changed by those who run operations. Nothing was changed.');
  return view;
}
