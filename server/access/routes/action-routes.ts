import { z } from 'zod';
import { getPerson } from '../../people/index.ts';
import { route } from '../../platform/http/route.ts';
import { blastRadius } from '../blast-radius.ts';
import { getAction, overrideAction, retryAction } from '../decide-action.ts';
import { listAttempts } from '../queries.ts';

const named = z.object({ id: z.string(), name: z.string() });
const params = z.object({ actionId: z.uuid() });

export const blastBody = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      appId: z.string(),
      app: z.string(),
      writer: z.string(),
      status: z.string().nullable(),
      isAdmin: z.boolean().nullable(),
      asOf: z.string(),
    }),
  ),
  onlyAdminOf: z.array(named),
  adminUnknown: z.array(named),
  ownerOf: z.array(named),
  deputyOf: z.array(named),
  managerOf: z.array(named),
  serviceAccounts: z.array(z.object({ id: z.string(), name: z.string(), app: z.string() })),
  unseenApps: z.array(z.object({ id: z.string(), name: z.string(), writer: z.string() })),
  openTasks: z.number(),
  anyAppRead: z.boolean(),
  othersLosing: z.number(),
});

const getBlastRadius = route({
  id: 'getBlastRadius',
  method: 'get',
  path: '/people/{personId}/blast-radius',
  access: 'access:read',
  summary: 'What closing this person’s access would touch.',
  params: z.object({ personId: z.uuid() }),
  output: blastBody,
  handle: async (ctx, { params }) => {
    await getPerson(ctx, params.personId);
    return blastRadius(ctx, params.personId);
  },
});

const listActionHistory = route({
  id: 'listActionHistory',
  method: 'get',
  path: '/actions/{actionId}/history',
  access: 'access:read',
  summary: 'Every attempt and every read of one action.',
  params,
  output: z.object({ rows: z.array(z.object({ kind: z.string(), at: z.string(), words: z.string(), ok: z.boolean().nullable() })) }),
  handle: async (ctx, { params }) => {
    await getAction(ctx, params.actionId);
    return { rows: await listAttempts(ctx, [params.actionId]) };
  },
});

const overrideActionRoute = route({
  id: 'overrideAction',
  method: 'post',
  path: '/actions/{actionId}/override',
  access: 'access:decide',
  summary: 'Settles a line against what was read, with a reason that the proof shows.',
  params,
  body: z.object({ reason: z.string().min(3).max(1000) }),
  handle: async (ctx, { params, body }) => overrideAction(ctx, { actionId: params.actionId, reason: body.reason }),
});

const retryActionRoute = route({
  id: 'retryAction',
  method: 'post',
  path: '/actions/{actionId}/retry',
  access: 'access:decide',
  summary: 'Tries an action again now.',
  params,
  handle: async (ctx, { params }) => retryAction(ctx, params.actionId),
});

export const actionRoutes = { getBlastRadius, listActionHistory, overrideAction: overrideActionRoute, retryAction: retryActionRoute };
