import { createHash } from 'node:crypto';
import type { Context } from './context.ts';

/**
 * A message to one person. `dedupeKey` names the reason: the same key is written once, and its Message-ID (RFC 5322, section 3.6.4)
 * derives from it, so that a repeat after a crash is recognised by the receiver.
 */
export type Message = {
  toPersonId: string | null;
  toAddress: string;
  subject: string;
  body: string;
  dedupeKey: string;
  concealmentId?: string | null;
  dueAt?: string;
};

/** Puts a message into the outbox, in the caller's transaction. Sending happens later and checks once more whom it may reach. */
export async function queueMail(ctx: Context, message: Message): Promise<void> {
  const digest = createHash('sha256').update(`${ctx.organizationId}/${message.dedupeKey}`).digest('hex').slice(0, 32);
  await ctx.db
    .insertInto('platform_mail')
    .values({
      organization_id: ctx.organizationId,
      message_id: `<${digest}@${new URL(ctx.platform.config.publicUrl).hostname}>`,
      dedupe_key: message.dedupeKey,
      to_person_id: message.toPersonId,
      to_address: message.toAddress,
      subject: message.subject,
      body: message.body,
      concealment_id: message.concealmentId ?? null,
      created_at: ctx.now.toString(),
      due_at: message.dueAt ?? ctx.now.toString(),
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'dedupe_key']).doNothing())
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
}
