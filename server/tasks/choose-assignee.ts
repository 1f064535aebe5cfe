import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { readOnce } from '../platform/read-once.ts';

/** Who does a task: a person of the roster, or (when nobody else is left) an owner of the organization; and who is asked next. */
export type Assignee = { personId: string | null; memberId: string | null; deputyPersonId: string | null };

/** What may not be known yet about a leaving: whom it is about, and, while it is sensitive, the only members who know. */
export type Secrecy = { personId: string; named: string[] | null };

/**
 * The first of the candidates who is still here and is not the one it is about. Somebody whose own leaving is still concealed is
 * chosen as if nothing were planned; only `never`, and the leaver of a concealed exit, are passed over, because the task would tell them.
 * While a sensitive leaving is concealed, only those named may be asked: else it falls to a named owner. Whoever a task is about may be asked
 * for something of their own also after they have left.
 */
export async function chooseAssignee(
  ctx: Context,
  input: {
    candidates: (string | null | undefined)[];
    never?: string | null;
    secrecy: Secrecy | null;
    subjectPersonId?: string | null;
  },
): Promise<Assignee> {
  const { secrecy } = input;
  const barred = [input.never, secrecy?.personId];
  const ids = [...new Set(input.candidates.filter((id): id is string => Boolean(id) && !barred.includes(id)))];
  const rows = await stillHere(ctx, ids, input.subjectPersonId ?? null);
  const named = secrecy?.named ?? null;
  const may = rows.filter((row) => named === null || (row.member_id && named.includes(row.member_id)));
  const order = ids.map((id) => may.find((row) => row.id === id)).filter((row) => row !== undefined);
  if (order[0]) return { personId: order[0].id, memberId: null, deputyPersonId: order[1]?.id ?? null };
  const owners = await ownersWhoMay(ctx, { never: input.never ?? null, secrecy });
  return { personId: null, memberId: owners[0]?.id ?? null, deputyPersonId: null };
}

/** Those of the people who can be asked: they have not left, or it is about themselves. */
async function stillHere(ctx: Context, ids: string[], subjectPersonId: string | null): Promise<{ id: string; member_id: string | null }[]> {
  if (ids.length === 0) return [];
  return readOnce(ctx, `still here ${subjectPersonId} ${ids}`, () =>
    ctx.db
      .selectFrom('people_roster')
      .select(['id', 'member_id'])
      .where(sql<boolean>`id = any (${ids}::uuid[])`)
      .where((e) => e.or([e('status', '!=', 'left'), e('id', '=', subjectPersonId)]))
      .where('erased_at', 'is', null)
      .execute(),
  );
}

/** What is still to be kept quiet about a concealment; null once it has been told or lifted. */
export async function findSecrecy(ctx: Context, concealmentId: string | null): Promise<Secrecy | null> {
  if (!concealmentId) return null;
  return readOnce(ctx, `secrecy ${concealmentId}`, () => readSecrecy(ctx, concealmentId));
}

async function readSecrecy(ctx: Context, concealmentId: string): Promise<Secrecy | null> {
  const row = await ctx.db
    .selectFrom('people_concealments')
    .select(['person_id', 'sensitive', 'named_member_ids'])
    .where('id', '=', concealmentId)
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .executeTakeFirst();
  return row ? { personId: row.person_id, named: row.sensitive ? row.named_member_ids : null } : null;
}

/**
 * The members to whom a task falls that nobody else can do, the first asked first: owners, then operations; of a sensitive leaving only those
 * named in it. Never the one it is about, also where only their address says who they are.
 */
export async function ownersWhoMay(
  ctx: Context,
  about: { never: string | null; secrecy: Secrecy | null },
): Promise<{ id: string; personId: string | null; isOwner: boolean }[]> {
  const barred = [about.never, about.secrecy?.personId].filter((id): id is string => Boolean(id));
  const named = about.secrecy?.named ?? null;
  const { rows } = await sql<{ id: string; person_id: string | null; is_owner: boolean }>`
    select m.id, p.id as person_id, 'owner' = any (m.roles) as is_owner
    from identity_members m left join people_people p on p.member_id = m.id
    where m.disabled_at is null
      and case when ${named === null} then m.roles && array['owner', 'ops'] else m.id = any (${named ?? []}::uuid[]) end
      and (p.id is null or not (p.id = any (${barred}::uuid[])))
      and not exists (select from people_people b where b.id = any (${barred}::uuid[]) and lower(m.address) in (lower(b.work_address), lower(b.personal_address)))
    order by 'owner' = any (m.roles) desc, 'ops' = any (m.roles) desc, m.created_at, m.id`.execute(ctx.db);
  return rows.map((row) => ({ id: row.id, personId: row.person_id, isOwner: row.is_owner }));
}
