import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, forbidden, Refusal } from '../../platform/errors.ts';
import type { ViewQuery } from './list-views.ts';
import { getOwnView } from './remove-view.ts';
import { mayDo, mayReadList, type ViewList } from './view-lists.ts';

export type ViewToKeep = { list: ViewList; name: string; query: ViewQuery; shared: boolean };

const most = 50;

/**
 * Keeps a list as it is under a name: for oneself, or for everybody (permission `views:share`). The same name again takes the place of the view that
 * had it; with `viewId` that view is changed, also its name. Returns the id.
 */
export async function keepView(ctx: Context, input: ViewToKeep, viewId: string | null = null): Promise<string> {
  if (!mayReadList(ctx.actor, input.list)) throw forbidden('Your roles do not show you this list. Nothing was kept.');
  if (input.shared && !mayDo(ctx.actor, 'views:share'))
    throw forbidden('Views for everybody are kept by those who run operations. Keep it for yourself, or ask one of them.');
  if (!input.shared && ctx.actor.memberId === null) throw conflict('no_member', 'Only a member has views of their own. Nothing was kept.');
  const memberId = input.shared ? null : ctx.actor.memberId;
  const before = viewId === null ? null : await getOwnView(ctx, viewId);
  const { rows: same } = await sql<{ id: string }>`
    select id from identity_views where member_id is not distinct from ${memberId}::uuid and list = ${input.list} and lower(name) = lower(${input.name})`.execute(
    ctx.db,
  );
  const other = same.find(({ id }) => id !== viewId);
  if (viewId !== null && other !== undefined) {
    const message = `There is a view ${input.name} already.`;
    throw new Refusal(409, 'view_exists', `${message} Choose another name, or remove that one first. Nothing was changed.`, {
      problems: [{ field: 'name', value: input.name, message }],
    });
  }
  if (viewId === null && other === undefined) await refuseTooMany(ctx, memberId, input.list);
  const id = viewId ?? other?.id ?? null;
  const row = sql`(${ctx.organizationId}, coalesce(${id}::uuid, uuidv7()), ${memberId}::uuid, ${input.list}, ${input.name}, ${JSON.stringify(input.query)}::jsonb, ${ctx.now.toString()})`;
  const { rows } = await sql<{ id: string }>`
    insert into identity_views (organization_id, id, member_id, list, name, query, created_at) values ${row}
    on conflict (organization_id, id) do update set member_id = excluded.member_id, list = excluded.list, name = excluded.name, query = excluded.query
    returning id`.execute(ctx.db);
  const kept = rows[0]!.id;
  await appendAudit(ctx, { action: 'view.kept', subject: { kind: 'view', id: kept, name: input.name }, before, after: input });
  return kept;
}

async function refuseTooMany(ctx: Context, memberId: string | null, list: ViewList): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from identity_views where member_id is not distinct from ${memberId}::uuid and list = ${list}`.execute(
    ctx.db,
  );
  if (rows[0]!.count >= most)
    throw conflict('too_many_views', `${most} views of this list are kept already. Remove one first. Nothing was kept.`);
}
