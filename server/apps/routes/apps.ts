import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { addApp } from '../add-app.ts';
import { listApps as findApps, getApp, listReadings } from '../app-queries.ts';
import { archiveApp, changeApp } from '../change-app.ts';
import { appFields, appName, appParams, appRow, changed, page, paged, rowsOf } from './shapes.ts';

const listApps = route({
  id: 'listApps',
  method: 'get',
  path: '/apps',
  access: 'apps:read',
  summary: 'The apps, with how their accounts stand',
  query: z.object({ search: z.string().max(200).optional(), ...page }),
  output: rowsOf(appRow),
  handle: async (ctx, { query }) => paged(query, await findApps(ctx, query)),
});

const getOneApp = route({
  id: 'getApp',
  method: 'get',
  path: '/apps/{appId}',
  access: 'apps:read',
  summary: 'One app',
  params: appParams,
  output: appRow,
  handle: (ctx, { params }) => getApp(ctx, params.appId),
});

const createApp = route({
  id: 'createApp',
  method: 'post',
  path: '/apps',
  access: 'apps:manage',
  summary: 'Adds an app',
  body: z.object({ name: appName, ...appFields }),
  output: z.object({ appId: z.string() }),
  handle: async (ctx, { body }) => ({ appId: await addApp(ctx, body) }),
});

const changeOneApp = route({
  id: 'changeApp',
  method: 'patch',
  path: '/apps/{appId}',
  access: 'apps:manage',
  summary: 'Changes an app: owner, deputy, who writes it, instructions',
  params: appParams,
  body: z.object({ name: appName.optional(), ...appFields }),
  output: appRow,
  handle: async (ctx, { params, body }) => {
    await changeApp(ctx, params.appId, body);
    return getApp(ctx, params.appId);
  },
});

const removeApp = route({
  id: 'removeApp',
  method: 'delete',
  path: '/apps/{appId}',
  access: 'apps:manage',
  summary: 'Takes an app out of the catalogue',
  params: appParams,
  output: changed,
  handle: async (ctx, { params }) => {
    await archiveApp(ctx, params.appId);
    return { ok: true as const };
  },
});

const listAppReadings = route({
  id: 'listAppReadings',
  method: 'get',
  path: '/apps/{appId}/readings',
  access: 'apps:read',
  summary: 'When and how the accounts of an app were read',
  params: appParams,
  query: z.object(page),
  output: rowsOf(
    z.object({
      id: z.string(),
      source: z.string(),
      label: z.string(),
      asOf: z.string(),
      complete: z.boolean(),
      createdAt: z.string(),
      counts: z.record(z.string(), z.unknown()),
    }),
  ),
  handle: async (ctx, { params, query }) => paged(query, await listReadings(ctx, params.appId, query)),
});

export const appRoutes = { listApps, getApp: getOneApp, createApp, changeApp: changeOneApp, removeApp, listAppReadings };
