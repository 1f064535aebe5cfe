import { z } from 'zod';
import { route } from '../platform/http/route.ts';
import { findPause } from '../platform/paused.ts';
import { continueAfterPause as goOn } from './continue-after-pause.ts';
import { listDue } from './list-due.ts';

export const getPause = route({
  id: 'getPause',
  method: 'get',
  path: '/paused',
  access: 'paused:read',
  summary: 'Whether the installation is paused after a restore, and what became due meanwhile',
  output: z.object({
    pause: z.object({ since: z.string(), reason: z.string(), restoredFrom: z.string().nullable() }).nullable(),
    due: z.array(
      z.object({
        kind: z.enum(['actions', 'steps', 'tasks', 'mail', 'syncs']),
        total: z.number(),
        words: z.string(),
        rows: z.array(z.object({ id: z.uuid(), title: z.string(), person: z.string().nullable(), dueAt: z.string() })),
      }),
    ),
  }),
  handle: async (ctx) => {
    const pause = await findPause(ctx.platform);
    return { pause, due: pause ? await listDue(ctx) : [] };
  },
});

export const continueAfterPause = route({
  id: 'continueAfterPause',
  method: 'post',
  path: '/paused/continue',
  access: 'paused:continue',
  summary: 'Go on after a restore',
  handleOutside: ({ platform, organizationId, actor }) => goOn(platform, { organizationId, actor }),
});

export const pausedRoutes = { getPause, continueAfterPause };
