import { z } from 'zod';
import { conflict, notFound } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { finishTask } from '../../tasks/index.ts';
import { listSuspensions } from '../queries.ts';
import { answerSuspension } from '../suspensions/answer-suspension.ts';
import { letHeldGo, releaseHeld } from '../suspensions/decide-held.ts';

const listDirectorySuspensions = route({
  id: 'listDirectorySuspensions',
  method: 'get',
  path: '/directory/suspensions',
  access: 'directory:read',
  summary: 'Whom directories took out: held, asked about, answered or restored',
  query: z.object({
    connectionId: z.uuid().optional(),
    status: z.enum(['held', 'open', 'away', 'leaving', 'ended']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        connectionId: z.uuid(),
        connection: z.string(),
        personId: z.uuid(),
        person: z.string(),
        cause: z.enum(['deactivated', 'deleted']),
        status: z.enum(['held', 'open', 'away', 'leaving', 'ended']),
        at: z.string(),
        signInPaused: z.boolean(),
        answeredBy: z.string().nullable(),
        answeredAt: z.string().nullable(),
        endedWhy: z.string().nullable(),
      }),
    ),
    total: z.number(),
    nextOffset: z.number().nullable(),
  }),
  handle: (ctx, { query }) => listSuspensions(ctx, query),
});

const answerDirectorySuspension = route({
  id: 'answerDirectorySuspension',
  method: 'post',
  path: '/directory/suspensions/{suspensionId}/answer',
  access: 'directory:decide',
  summary: 'Say what a deactivation or deletion means: leaving, leave of absence, or a mistake',
  params: z.object({ suspensionId: z.uuid() }),
  body: z.object({ answer: z.enum(['leaving', 'leave', 'mistake']) }),
  handle: async (ctx, { params, body }) => {
    const suspension = await ctx.db
      .selectFrom('directory_suspensions')
      .select(['status', 'task_id', 'person_id'])
      .where('id', '=', params.suspensionId)
      .executeTakeFirst();
    // Nobody decides over their own exit, and nobody hears here that it is asked about.
    if (!suspension || suspension.person_id === ctx.actor.personId) throw notFound('question');
    if (suspension.status !== 'open') throw conflict('not_asked', 'This is not asked any more. Nothing was changed.');
    await answerSuspension(ctx, params.suspensionId, body.answer, ctx.actor.name);
    if (suspension.task_id) await finishTask(ctx, suspension.task_id, { answer: body.answer });
  },
});

const held = {
  access: 'directory:decide',
  params: z.object({ directoryConnectionId: z.uuid() }),
  body: z.object({
    people: z.number().int().min(1).describe('How many people you saw held.'),
    reason: z.string().trim().min(1).max(1000),
  }),
} as const;

const releaseDirectoryHeld = route({
  ...held,
  id: 'releaseDirectoryHeld',
  method: 'post',
  path: '/directory/connections/{directoryConnectionId}/held/release',
  summary: 'Let take effect what the brake holds: everybody is suspended and asked about',
  handle: (ctx, { params, body }) => releaseHeld(ctx, params.directoryConnectionId, body),
});

const letDirectoryHeldGo = route({
  ...held,
  id: 'letDirectoryHeldGo',
  method: 'post',
  path: '/directory/connections/{directoryConnectionId}/held/let-go',
  summary: 'Let go what the brake holds: nobody is touched',
  handle: (ctx, { params, body }) => letHeldGo(ctx, params.directoryConnectionId, body),
});

export const suspensionRoutes = { listDirectorySuspensions, answerDirectorySuspension, releaseDirectoryHeld, letDirectoryHeldGo };
