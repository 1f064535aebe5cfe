import { ownerMembers } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { readOnce } from '../platform/read-once.ts';
import type { Who } from './schedule/playbook-definition.ts';

/** Who is meant by a role of the playbook, as people of the roster in order of preference. An empty list falls to the owners. */
export const whoDoesIt = (ctx: Context, who: Who, run: Run): Promise<string[]> =>
  readOnce(ctx, `who ${JSON.stringify(who)} ${run.person_id} ${run.manager_person_id}`, () => findThem(ctx, who, run));

type Run = { person_id: string; manager_person_id: string | null };

async function findThem(ctx: Context, who: Who, run: Run): Promise<string[]> {
  if (who === 'leaver' || who === 'joiner') return [run.person_id];
  if (who === 'manager' || who === 'sponsor')
    return [run.manager_person_id, await managerOf(ctx, run.manager_person_id)].filter((id): id is string => Boolean(id));
  if (typeof who === 'object') {
    const rows = await ctx.db
      .selectFrom('people_roster')
      .select('id')
      .where((e) => e(e.fn<string>('lower', ['work_address']), '=', who.person.toLowerCase()))
      .execute();
    return rows.map((row) => row.id);
  }
  if (who === 'owner')
    return peopleOf(
      ctx,
      (await ownerMembers(ctx)).map((member) => member.id),
    );
  if (who === 'app-owner') return [];
  const members = await ctx.db
    .selectFrom('identity_members')
    .select('id')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`${who === 'facilities' ? 'ops' : who} = any (roles)`)
    .orderBy('created_at')
    .execute();
  return peopleOf(
    ctx,
    members.map((member) => member.id),
  );
}

async function managerOf(ctx: Context, personId: string | null): Promise<string | null> {
  if (!personId) return null;
  return (await ctx.db.selectFrom('people_people').select('manager_id').where('id', '=', personId).executeTakeFirst())?.manager_id ?? null;
}

async function peopleOf(ctx: Context, memberIds: string[]): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'member_id'])
    .where(sql<boolean>`member_id = any (${memberIds}::uuid[])`)
    .execute();
  return memberIds.map((memberId) => rows.find((row) => row.member_id === memberId)?.id).filter((id): id is string => Boolean(id));
}
