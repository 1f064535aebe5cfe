import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Links members to their record in the roster, by the work address. From then on what is hidden from the person is hidden from the member.
 * Who is linked already stays so. `about` bounds it to one of them.
 */
export async function linkMembers(ctx: Context, about: { personId?: string; memberId?: string } = {}): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; member_id: string }>`
    update people_people p set member_id = m.id
    from identity_members m
    where m.organization_id = p.organization_id and lower(m.address) = lower(p.work_address) and p.member_id is null and p.erased_at is null
      and (${about.personId ?? null}::uuid is null or p.id = ${about.personId ?? null}) and (${about.memberId ?? null}::uuid is null or m.id = ${about.memberId ?? null})
      and not exists (select from people_people other where other.organization_id = p.organization_id and other.member_id = m.id)
    returning p.id, coalesce(p.preferred_name, p.given_name) || coalesce(' ' || p.family_name, '') as name, m.id as member_id`.execute(
    ctx.db,
  );
  await appendAudit(
    ctx,
    ...rows.map(({ id, name, member_id: memberId }) => ({
      action: 'person.linked',
      subject: { kind: 'person', id, name },
      after: { memberId },
      people: [id],
    })),
  );
}
