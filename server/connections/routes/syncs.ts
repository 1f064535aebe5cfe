import { z } from 'zod';
import { getReachableApp } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import { route } from '../../platform/http/route.ts';
import { writeCsv } from '../../platform/tabular/index.ts';
import { addAppFromList, readList, takeList } from '../lists/upload-list.ts';
import { listSyncs as findSyncs, getSync, listSyncRows } from '../sync-queries.ts';
import { confirmSync, remapList } from '../syncs/confirm-sync.ts';
import { discardSync } from '../syncs/discard-sync.ts';
import { startSync } from '../syncs/start-sync.ts';
import { dateOrder, mapping, page, paged, problemLine, rowsOf, syncLine, syncView } from './shapes.ts';

const appParams = z.object({ appId: z.uuid() });
const params = z.object({ syncId: z.uuid() });
const fileName = z.string().trim().min(1).max(300);
/** The sheet of a workbook; without it, the one that looks most like a list of users. */
const sheet = z.string().trim().min(1).max(200).optional();
const mostBytes = 100 * 1024 * 1024;
const mostRefused = 100_000;

const startOneSync = route({
  id: 'startSync',
  method: 'post',
  path: '/apps/{appId}/sync',
  access: 'connections:manage',
  summary: 'Asks for a fresh reading of an app over its connection',
  params: appParams,
  output: z.object({ syncId: z.string() }),
  handle: async (ctx, { params: { appId } }) => ({ syncId: await startSync(ctx, appId) }),
});

const listSyncs = route({
  id: 'listSyncs',
  method: 'get',
  path: '/syncs',
  access: 'connections:read',
  summary: 'Syncs and lists of all apps, the newest first; or those that wait for a person',
  query: z.object({ waiting: z.stringbool().optional(), ...page }),
  output: rowsOf(syncLine),
  handle: async (ctx, { query }) => paged(query, await findSyncs(ctx, query)),
});

const listAppSyncs = route({
  id: 'listAppSyncs',
  method: 'get',
  path: '/apps/{appId}/syncs',
  access: 'connections:read',
  summary: 'Syncs and lists of an app, with counts, the newest first',
  params: appParams,
  query: z.object(page),
  output: rowsOf(syncLine),
  handle: async (ctx, { params: { appId }, query }) => {
    await getReachableApp(ctx, appId);
    return paged(query, await findSyncs(ctx, { appId, ...query }));
  },
});

const getOneSync = route({
  id: 'getSync',
  method: 'get',
  path: '/syncs/{syncId}',
  access: 'connections:read',
  summary: 'One sync or list: progress, counts, why it is held, how a list is read',
  params,
  output: syncView,
  handle: (ctx, { params: { syncId } }) => getSync(ctx, syncId),
});

const listRowsOfSync = route({
  id: 'listSyncRows',
  method: 'get',
  path: '/syncs/{syncId}/rows',
  access: 'connections:read',
  summary: 'Rows of a list or held sync; those refused with their reasons',
  params,
  query: z.object({ show: z.enum(['refused', 'all']).default('refused'), ...page }),
  output: rowsOf(z.object({ number: z.number(), cells: z.array(z.string()), problems: z.array(problemLine) })),
  handle: async (ctx, { params: { syncId }, query }) =>
    paged(query, await listSyncRows(ctx, syncId, { ...query, refused: query.show === 'refused' })),
});

const getRefusedFile = route({
  id: 'getSyncRefusedFile',
  method: 'get',
  path: '/syncs/{syncId}/refused',
  access: 'connections:read',
  summary: 'The refused rows of a list as CSV, each with its reason',
  params,
  output: 'file',
  handle: async (ctx, { params: { syncId } }) => {
    const sync = await getSync(ctx, syncId);
    const { rows } = await listSyncRows(ctx, syncId, { refused: true, limit: mostRefused, offset: 0 });
    const headings = ['Row', 'Why it was refused', ...(sync.list?.headings ?? [])];
    const cells = rows.map((row) => [row.number, row.problems.map(({ message }) => message).join(' '), ...row.cells]);
    return { file: { name: `refused-rows-${sync.app}.csv`, contentType: 'text/csv; charset=utf-8', bytes: writeCsv(headings, cells) } };
  },
});

const uploadOneList = route({
  id: 'uploadList',
  method: 'post',
  path: '/apps/{appId}/lists',
  access: 'lists:manage',
  summary: 'Reads a list of an app’s users (CSV, XLSX) and shows what it would change; nothing is changed yet',
  params: appParams,
  query: z.object({ fileName, sheet }),
  upload: mostBytes,
  output: syncView,
  handleOutside: async (edge, { params: { appId }, query, file }) => {
    await edge.run((ctx) => getReachableApp(ctx, appId));
    const list = await readList(edge, { ...query, bytes: file });
    return edge.run(async (ctx) => getSync(ctx, await takeList(ctx, { ...list, appId })));
  },
});

const createAppFromList = route({
  id: 'createAppFromList',
  method: 'post',
  path: '/apps/from-list',
  access: 'apps:manage',
  summary: 'Adds an app by the first list of its users; nothing is read in until it is confirmed',
  query: z.object({ fileName, name: z.string().trim().min(1).max(200), sheet }),
  upload: mostBytes,
  output: syncView,
  handleOutside: async (edge, { query: { name, ...query }, file }) => {
    const list = await readList(edge, { ...query, bytes: file });
    return edge.run(async (ctx) => getSync(ctx, (await addAppFromList(ctx, { ...list, name })).syncId));
  },
});

const remapOneList = route({
  id: 'remapList',
  method: 'post',
  path: '/syncs/{syncId}/mapping',
  access: 'lists:manage',
  summary: 'Reads a list that waits for its confirmation in another way, and shows anew what it would change',
  params,
  body: z.object({ mapping: mapping.optional(), dateOrder: dateOrder.optional() }),
  output: syncView,
  handle: async (ctx, { params: { syncId }, body }) => {
    await remapList(ctx, syncId, body);
    return getSync(ctx, syncId);
  },
});

const confirmOneSync = route({
  id: 'confirmSync',
  method: 'post',
  path: '/syncs/{syncId}/confirm',
  access: 'lists:manage',
  summary: 'Takes in a previewed list or a held reading, declared complete or not',
  params,
  body: z.object({
    declaredComplete: z.boolean(),
    asOf: z.iso.datetime({ offset: true }).optional(),
    mapping: mapping.optional(),
    dateOrder: dateOrder.optional(),
    despite: z.boolean().optional(),
  }),
  output: syncView,
  handle: async (ctx, { params: { syncId }, body }) => {
    await confirmSync(ctx, syncId, body);
    return getSync(ctx, syncId);
  },
});

const discardOneSync = route({
  id: 'discardSync',
  method: 'post',
  path: '/syncs/{syncId}/discard',
  access: 'lists:manage',
  summary: 'Lets go of a list or held reading; nothing is changed',
  params,
  output: z.object({ appRemoved: z.boolean() }),
  handle: async (ctx, { params: { syncId } }) => ({ appRemoved: await discard(ctx, syncId) }),
});

async function discard(ctx: Context, syncId: string): Promise<boolean> {
  const { appId } = await getSync(ctx, syncId);
  await discardSync(ctx, syncId);
  const app = await ctx.db.selectFrom('apps_apps').select('archived_at').where('id', '=', appId).executeTakeFirst();
  return app?.archived_at != null;
}

export const syncRoutes = {
  startSync: startOneSync,
  listSyncs,
  listAppSyncs,
  getSync: getOneSync,
  listSyncRows: listRowsOfSync,
  getSyncRefusedFile: getRefusedFile,
  uploadList: uploadOneList,
  createAppFromList,
  remapList: remapOneList,
  confirmSync: confirmOneSync,
  discardSync: discardOneSync,
};
