import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Says in words why a message must not reach its recipient now, or null when it may. A message about a leaving that has not been told never
 * reaches the person, at whatever address of theirs; about a sensitive one it reaches only the members named.
 */
export async function withholdMail(
  ctx: Context,
  mail: { toPersonId: string | null; toAddress: string; concealmentId: string | null },
): Promise<string | null> {
  if (!mail.concealmentId) return null;
  const { rows } = await sql<{ to_leaver: boolean; sensitive: boolean; is_named: boolean }>`
    select c.sensitive,
      (p.id = ${mail.toPersonId}::uuid or lower(${mail.toAddress}) = any (
        select lower(a) from unnest(array[p.work_address, p.personal_address, (select m.address from identity_members m where m.id = p.member_id)] || p.aliases) a where a is not null)) as to_leaver,
      exists (select from identity_members m left join people_people mp on mp.member_id = m.id
        where m.id = any (c.named_member_ids) and (lower(m.address) = lower(${mail.toAddress}) or mp.id = ${mail.toPersonId}::uuid)) as is_named
    from people_concealments c join people_people p on p.id = c.person_id
    where c.id = ${mail.concealmentId} and c.lifted_at is null and c.told_at > ${ctx.now.toString()}`.execute(ctx.db);
  const concealment = rows[0];
  if (!concealment) return null;
  if (concealment.to_leaver) return 'It concerns a leaving that the recipient has not been told of.';
  if (concealment.sensitive && !concealment.is_named) return 'It concerns a leaving that only those named may know of.';
  return null;
}
