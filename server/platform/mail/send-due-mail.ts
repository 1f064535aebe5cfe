import { appendAudit } from '../audit.ts';
import { type Context, runAsSystem } from '../context.ts';
import type { Platform } from '../platform.ts';
import { type Mailer, openMailer } from './open-mailer.ts';

export type DueMail = {
  id: string;
  messageId: string;
  toPersonId: string | null;
  toAddress: string;
  subject: string;
  body: string;
  concealmentId: string | null;
  createdAt: string;
  attempts: number;
};

/** Says in words why a message must not reach its recipient now, or null when it may. Asked again just before each sending. */
export type Withhold = (ctx: Context, mail: DueMail) => Promise<string | null>;

const leaseMinutes = 5;
/** After each failed attempt, the minutes until the next; after the last of them it is given up. */
export const retryMinutes = [1, 5, 15, 60, 180, 360];

const mailers = new WeakMap<Platform, Mailer>();

function mailerOf(platform: Platform, smtpUrl: string): Mailer {
  const known = mailers.get(platform) ?? openMailer({ smtpUrl, publicUrl: platform.config.publicUrl });
  mailers.set(platform, known);
  return known;
}

/**
 * Sends what is due in one organization; returns how many messages were settled. `sending` is committed before the SMTP dialogue: a crash
 * in between leaves it to be sent again when the lease is over, with the same Message-ID. Without SMTP_URL messages are kept.
 */
export async function sendDueMail(platform: Platform, organizationId: string, withhold: Withhold): Promise<number> {
  const { smtpUrl } = platform.config;
  for (let settled = 0; ; settled += 1) {
    const claimed = await runAsSystem(platform, organizationId, (ctx) => claim(ctx, withhold, smtpUrl !== null));
    if (claimed === 'none') return settled;
    if (claimed === 'settled' || smtpUrl === null) continue;
    const result = await mailerOf(platform, smtpUrl).send({
      messageId: claimed.messageId,
      to: claimed.toAddress,
      subject: claimed.subject,
      body: claimed.body,
      date: claimed.createdAt,
    });
    await runAsSystem(platform, organizationId, async (ctx) => {
      if (result.sent) await markSent(ctx, claimed);
      else await markFailed(ctx, claimed, result);
    });
  }
}

async function claim(ctx: Context, withhold: Withhold, canSend: boolean): Promise<DueMail | 'none' | 'settled'> {
  const now = ctx.now.toString();
  const row = await ctx.db
    .selectFrom('platform_mail')
    .select(['id', 'message_id', 'to_person_id', 'to_address', 'subject', 'body', 'concealment_id', 'created_at', 'attempts'])
    .where('status', 'in', ['queued', 'sending'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return 'none';
  const mail: DueMail = {
    id: row.id,
    messageId: row.message_id,
    toPersonId: row.to_person_id,
    toAddress: row.to_address,
    subject: row.subject,
    body: row.body,
    concealmentId: row.concealment_id,
    createdAt: row.created_at,
    attempts: row.attempts + 1,
  };
  const why = await withhold(ctx, mail);
  if (why !== null) {
    await settle(ctx, mail.id, { status: 'withheld', problem: why });
    await appendAudit(ctx, {
      action: 'mail.withheld',
      subject: { kind: 'mail', id: mail.id },
      reason: why,
      concealmentId: mail.concealmentId,
    });
    return 'settled';
  }
  if (!canSend) {
    await settle(ctx, mail.id, { status: 'kept', problem: null });
    return 'settled';
  }
  const until = ctx.now.add({ minutes: leaseMinutes }).toString();
  await ctx.db
    .updateTable('platform_mail')
    .set({ status: 'sending', attempts: mail.attempts, due_at: until })
    .where('id', '=', mail.id)
    .execute();
  return mail;
}

const settle = (ctx: Context, id: string, to: { status: string; problem: string | null; sent_at?: string; due_at?: string }) =>
  ctx.db.updateTable('platform_mail').set(to).where('id', '=', id).where('status', 'in', ['queued', 'sending']).execute();

const markSent = (ctx: Context, mail: DueMail) => settle(ctx, mail.id, { status: 'sent', problem: null, sent_at: ctx.now.toString() });

async function markFailed(ctx: Context, mail: DueMail, { words, final }: { words: string; final: boolean }): Promise<void> {
  const minutes = retryMinutes[mail.attempts - 1];
  if (!final && minutes !== undefined) {
    await settle(ctx, mail.id, { status: 'queued', problem: words, due_at: ctx.now.add({ minutes }).toString() });
    return;
  }
  await settle(ctx, mail.id, { status: 'failed', problem: words });
  await appendAudit(ctx, {
    action: 'mail.failed',
    subject: { kind: 'mail', id: mail.id, name: mail.subject },
    after: { to: mail.toAddress, attempts: mail.attempts },
    reason: words,
    people: mail.toPersonId ? [mail.toPersonId] : [],
    concealmentId: mail.concealmentId,
  });
}
