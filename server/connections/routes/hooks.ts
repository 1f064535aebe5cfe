import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { findHook } from '../hooks/find-hook.ts';
import { stopHook } from '../hooks/stop-hook.ts';
import { openHook } from '../hooks/switch-hook.ts';
import { changed } from './shapes.ts';

const params = z.object({ connectionId: z.uuid() });
const nullable = z.string().nullable();

const getHook = route({
  id: 'getHook',
  method: 'get',
  path: '/connections/{connectionId}/hook',
  access: 'connections:read',
  summary: 'Whether the vendor says when something changed, how that is set up, and when it was last heard',
  params,
  output: z.object({
    offered: z.boolean(),
    secret: z.enum(['ours', 'theirs', 'subscribed']).nullable(),
    steps: z.array(z.object({ words: z.string(), link: nullable })),
    address: nullable,
    lastHeardAt: nullable,
    endsAt: nullable,
    problem: nullable,
  }),
  handle: (ctx, { params: { connectionId } }) => findHook(ctx, connectionId),
});

const openHookRoute = route({
  id: 'openHook',
  method: 'post',
  path: '/connections/{connectionId}/hook',
  access: 'connections:manage',
  summary: 'Lets the vendor say when something changed; a secret that was made for it is in this answer and never again',
  params,
  body: z.object({ secret: z.string().trim().max(500).optional() }),
  output: z.object({ address: z.string(), secret: nullable }),
  handle: (ctx, { params: { connectionId }, body }) => openHook(ctx, connectionId, body),
});

const closeHookRoute = route({
  id: 'closeHook',
  method: 'delete',
  path: '/connections/{connectionId}/hook',
  access: 'connections:manage',
  summary: 'Ends the address that the vendor calls; the app is read by its rhythm alone again',
  params,
  output: changed,
  handleOutside: async (edge, { params: { connectionId } }) => {
    await stopHook(edge, connectionId);
    return { ok: true as const };
  },
});

export const hookRoutes = { getHook, openHook: openHookRoute, closeHook: closeHookRoute };
