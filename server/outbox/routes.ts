import { z } from 'zod';
import { route } from '../platform/http/route.ts';
import { listMail as list, mailStatuses } from './list-mail.ts';
import { sendMailAgain as sendAgain } from './send-mail-again.ts';

export const listMail = route({
  id: 'listMail',
  method: 'get',
  path: '/outbox',
  access: 'outbox:read',
  summary: 'Messages that were sent, wait, failed, or are kept because there is no mail server',
  query: z.object({
    status: z.enum(mailStatuses).optional(),
    words: z.string().trim().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        to: z.string(),
        subject: z.string(),
        body: z.string(),
        status: z.enum(mailStatuses),
        createdAt: z.string(),
        dueAt: z.string(),
        sentAt: z.string().nullable(),
        attempts: z.number(),
        problem: z.string().nullable(),
        linksHidden: z.boolean(),
      }),
    ),
    total: z.number(),
    counts: z.record(z.string(), z.number()),
    hasMailServer: z.boolean(),
    nextOffset: z.number().nullable(),
  }),
  handle: async (ctx, { query }) => {
    const found = await list(ctx, query);
    const next = query.offset + query.limit;
    return { ...found, hasMailServer: ctx.platform.config.smtpUrl !== null, nextOffset: next < found.total ? next : null };
  },
});

export const sendMailAgain = route({
  id: 'sendMailAgain',
  method: 'post',
  path: '/outbox/send-again',
  access: 'outbox:send',
  summary: 'Send a message again that failed or was kept',
  body: z.object({ mailId: z.uuid() }),
  handle: (ctx, { body }) => sendAgain(ctx, body.mailId),
});

export const outboxRoutes = { listMail, sendMailAgain };
