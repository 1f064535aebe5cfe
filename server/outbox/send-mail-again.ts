import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';

/** Puts a message that failed or was only kept back into the queue, with its Message-ID. Withheld ones stay so, and sent ones are not repeated. */
export async function sendMailAgain(ctx: Context, mailId: string): Promise<void> {
  const mail = await ctx.db
    .selectFrom('platform_mail')
    .select(['id', 'subject', 'status', 'to_person_id', 'concealment_id'])
    .where('id', '=', mailId)
    .forUpdate()
    .executeTakeFirst();
  if (!mail) throw notFound('message');
  if (mail.status !== 'failed' && mail.status !== 'kept') {
    throw conflict('not_failed', 'Only a message that failed or was kept can be sent again. Nothing was changed.');
  }
  if (ctx.platform.config.smtpUrl === null) {
    throw conflict('no_mail_server', 'There is no mail server yet (SMTP_URL). Nothing was changed. Set it and start Groundcrew again.');
  }
  await ctx.db
    .updateTable('platform_mail')
    .set({ status: 'queued', attempts: 0, problem: null, due_at: ctx.now.toString() })
    .where('id', '=', mailId)
    .execute();
  await appendAudit(ctx, {
    action: 'mail.queued-again',
    subject: { kind: 'mail', id: mail.id, name: mail.subject },
    people: mail.to_person_id ? [mail.to_person_id] : [],
    concealmentId: mail.concealment_id,
  });
  ctx.afterCommit(() => ctx.platform.wake());
}
