import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { listRetention, setRetention } from '../data/retention.ts';

export const retentionRoutes = {
  getRetention: route({
    id: 'getRetention',
    method: 'get',
    path: '/retention',
    access: 'access:read',
    summary: 'How many days after the cut-off accounts of leavers are kept: for all apps, and for those that have days of their own.',
    output: z.object({ days: z.number(), apps: z.array(z.object({ appId: z.string(), app: z.string(), days: z.number() })) }),
    handle: (ctx) => listRetention(ctx),
  }),
  setRetention: route({
    id: 'setRetention',
    method: 'put',
    path: '/retention',
    access: 'access:manage',
    summary: 'Sets the days to keep, for all apps or for one. No days for an app: it keeps them as the organization does.',
    body: z.object({ appId: z.uuid().nullable().default(null), days: z.int().min(0).max(3650).nullable() }),
    handle: (ctx, { body }) => setRetention(ctx, body),
  }),
};
