import { z } from 'zod';
import { route } from '../platform/http/route.ts';
import { listAuditActions as listActions, listAuditEvents as listEvents } from './list-audit-events.ts';
import { verifyAsSeen } from './verify-as-seen.ts';

const instant = z.iso.datetime({ offset: true });

export const listAuditEvents = route({
  id: 'listAuditEvents',
  method: 'get',
  path: '/audit',
  access: 'audit:read',
  summary: 'Who did what, when and why, newest first',
  query: z.object({
    action: z.string().max(100).optional(),
    subjectId: z.uuid().optional(),
    personId: z.uuid().optional(),
    actorId: z.uuid().optional(),
    from: instant.optional(),
    until: instant.optional(),
    words: z.string().trim().max(200).optional(),
    before: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        at: z.string(),
        sealed: z.boolean().describe('It stands in the chain. Its number there is not told: gaps would tell of what is concealed.'),
        action: z.string(),
        actorKind: z.string(),
        actorName: z.string().nullable(),
        subjectKind: z.string(),
        subjectId: z.uuid().nullable(),
        subjectName: z.string().nullable(),
        before: z.unknown(),
        after: z.unknown(),
        reason: z.string().nullable(),
        erasedAt: z.string().nullable(),
      }),
    ),
    total: z.number(),
  }),
  handle: (ctx, { query }) => listEvents(ctx, query),
});

export const listAuditActions = route({
  id: 'listAuditActions',
  method: 'get',
  path: '/audit/actions',
  access: 'audit:read',
  summary: 'The kinds of events that occur',
  output: z.object({ rows: z.array(z.string()) }),
  handle: async (ctx) => ({ rows: await listActions(ctx) }),
});

export const verifyAudit = route({
  id: 'verifyAudit',
  method: 'get',
  path: '/audit/verification',
  access: 'audit:read',
  summary: 'Recompute the audit chain and compare it with its signed heads',
  output: z.object({
    ok: z.boolean(),
    events: z.number(),
    unsealed: z.number(),
    erased: z.number(),
    heads: z.number(),
    lastHead: z.object({ sequence: z.number(), at: z.string() }).nullable(),
    problems: z.array(z.object({ sequence: z.number().nullable(), eventId: z.string().nullable(), words: z.string() })),
    problemCount: z.number(),
  }),
  handleOutside: (edge) => verifyAsSeen(edge),
});

export const auditRoutes = { listAuditEvents, listAuditActions, verifyAudit };
