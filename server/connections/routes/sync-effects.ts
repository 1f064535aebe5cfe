import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { listSyncEffects as findEffects } from '../sync-effects.ts';
import { page, paged, rowsOf } from './shapes.ts';

const text = z.string().nullable();

const listSyncEffects = route({
  id: 'listSyncEffects',
  method: 'get',
  path: '/syncs/{syncId}/effects',
  access: 'connections:read',
  summary: 'The accounts that a previewed list or a held reading would touch, and whose they are; nothing is changed',
  params: z.object({ syncId: z.uuid() }),
  query: z.object({ show: z.enum(['gone', 'new', 'changed', 'same']).default('gone'), ...page }),
  output: rowsOf(
    z.object({
      externalId: z.string(),
      account: z.string(),
      name: text,
      status: text,
      isAdmin: z.boolean().nullable(),
      personId: text,
      person: text,
      state: z.enum(['zombie', 'unknown', 'orphan', 'service', 'suspended', 'fine', 'gone']).nullable(),
      reason: text,
      serviceOwner: text,
      suggestedPerson: text,
      changes: z.array(z.object({ field: z.string(), from: text, to: text })),
    }),
  ),
  handle: async (ctx, { params: { syncId }, query }) => paged(query, await findEffects(ctx, syncId, query)),
});

export const syncEffectRoutes = { listSyncEffects };
