import type { Context } from './context.ts';

/**
 * Replaces subject and text of a message that still waits in the outbox and was not attempted yet; its reason and Message-ID stay.
 * Returns false when it is on its way already (then nothing was changed, and a new message is needed).
 */
export async function rewriteMail(ctx: Context, message: { dedupeKey: string; subject: string; body: string }): Promise<boolean> {
  const row = await ctx.db
    .updateTable('platform_mail')
    .set({ subject: message.subject, body: message.body })
    .where('dedupe_key', '=', message.dedupeKey)
    .where('status', '=', 'queued')
    .where('attempts', '=', 0)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes back a message that was not attempted yet, because its reason is gone. Returns false when it is on its way already. */
export async function withdrawMail(ctx: Context, message: { dedupeKey: string; reason: string }): Promise<boolean> {
  const row = await ctx.db
    .updateTable('platform_mail')
    .set({ status: 'withheld', problem: message.reason })
    .where('dedupe_key', '=', message.dedupeKey)
    .where('status', '=', 'queued')
    .where('attempts', '=', 0)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
