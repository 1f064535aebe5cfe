import { appendAudit, writeWaitingAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { namesPattern } from '../platform/erasure.ts';
import { erasureAction } from '../platform/verify-audit.ts';

/**
 * Removes the personal values of every audit event that names a person (by id, or by one of `names`) or that they made through a signed link, and the mail to them. What
 * they did as a member with a role keeps their name: it is the record of who decided. What was done, when, and by whom by id
 * stays, and the chain stays provable: it holds salted hashes only. The erasure itself is on record with the events that it emptied, so
 * that verification can tell it from tampering. Returns how many events and messages lost their content.
 */
export async function eraseAuditValues(
  ctx: Context,
  personId: string,
  names: string[] = [],
): Promise<{ events: number; messages: number }> {
  const at = ctx.now.toString();
  await writeWaitingAudit(ctx);
  const { rows } = await sql<{ event_id: string }>`
    update platform_audit_values v set salt = null, actor_name = null, subject_name = null, before = null, after = null, reason = null, erased_at = ${at}
    from platform_audit_events e
    where e.organization_id = v.organization_id and e.id = v.event_id and v.erased_at is null
      and (v.person_ids @> array[${personId}]::uuid[] or e.subject_id = ${personId} or (e.actor_kind = 'link' and e.actor_id = ${personId})
        or (${names.length > 0} and concat_ws(' ', v.subject_name, v.before::text, v.after::text, v.reason) ~* ${namesPattern(names)}))
    returning v.event_id`.execute(ctx.db);
  const mail = await ctx.db
    .updateTable('platform_mail')
    .set({
      to_address: '',
      subject: '',
      body: '',
      status: sql`case when status in ('queued', 'sending') then 'withheld' else status end`,
      problem: 'The person was erased.',
    })
    .where('to_person_id', '=', personId)
    .where('to_address', '<>', '')
    .executeTakeFirst();
  const messages = Number(mail.numUpdatedRows);
  if (rows.length > 0 || messages > 0) {
    await appendAudit(ctx, {
      action: erasureAction,
      subject: { kind: 'erasure', id: null },
      after: { eventIds: rows.map((row) => row.event_id), messages },
    });
  }
  return { events: rows.length, messages };
}
