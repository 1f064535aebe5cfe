import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { maskLinks } from './mask-links.ts';

export const mailStatuses = ['queued', 'sending', 'sent', 'failed', 'withheld', 'kept'] as const;

export type Mail = {
  id: string;
  to: string;
  subject: string;
  body: string;
  status: (typeof mailStatuses)[number];
  createdAt: string;
  dueAt: string;
  sentAt: string | null;
  attempts: number;
  problem: string | null;
  /** Links in it were cut, because the reader is not an owner. */
  linksHidden: boolean;
};

/**
 * Messages, newest first, those that are concealed from the reader left out. The links in them act for the recipient, so only an owner
 * reads them whole, and not through a token whose scopes are limited.
 */
export async function listMail(
  ctx: Context,
  filter: { status?: Mail['status']; words?: string; limit: number; offset: number },
): Promise<{ rows: Mail[]; total: number; counts: Record<string, number> }> {
  let matching = ctx.db.selectFrom('platform_mail');
  if (filter.words) {
    const like = `%${filter.words.replaceAll(/[\\%_]/g, '\\$&')}%`;
    matching = matching.where((or) => or.or([or('to_address', 'ilike', like), or('subject', 'ilike', like)]));
  }
  const groups = await matching
    .select(['status', sql<number>`count(*)`.as('n')])
    .groupBy('status')
    .execute();
  const counts = Object.fromEntries(groups.map((group) => [group.status, group.n]));
  const total = filter.status ? (counts[filter.status] ?? 0) : groups.reduce((sum, group) => sum + group.n, 0);
  const page = filter.status ? matching.where('status', '=', filter.status) : matching;
  const rows = await page
    .select(['id', 'to_address', 'subject', 'body', 'status', 'created_at', 'due_at', 'sent_at', 'attempts', 'problem'])
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  // Where mail is sent, its links are for whom it was sent to. Without a mail server an owner hands them over.
  const isOwner = ctx.actor.roles.includes('owner') && (ctx.actor.scopes === null || ctx.actor.scopes.includes('*'));
  const whole = isOwner && ctx.platform.config.smtpUrl === null;
  return {
    counts,
    total,
    rows: rows.map((row) => {
      const masked = maskLinks(row.body);
      return {
        id: row.id,
        to: row.to_address,
        subject: row.subject,
        body: whole ? row.body : masked,
        status: row.status as Mail['status'],
        createdAt: row.created_at,
        dueAt: row.due_at,
        sentAt: row.sent_at,
        attempts: row.attempts,
        problem: row.problem,
        linksHidden: !whole && masked !== row.body,
      };
    }),
  };
}
