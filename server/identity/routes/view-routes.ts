import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { keepView } from '../views/keep-view.ts';
import { listViews } from '../views/list-views.ts';
import { removeView } from '../views/remove-view.ts';
import { type ViewList, viewLists } from '../views/view-lists.ts';

const list = z.enum(Object.keys(viewLists) as [ViewList, ...ViewList[]]);
const query = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/), z.string().max(500))
  .refine((record) => Object.keys(record).length <= 20, 'A view holds at most 20 filters.')
  .describe('What stands behind the question mark of the list’s address: filters, order, search.');

const listKeptViews = route({
  id: 'listViews',
  method: 'get',
  path: '/views',
  access: 'views:read',
  summary: 'The kept views of a list: my own and those for everybody',
  query: z.object({ list }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        query: z.record(z.string(), z.string()),
        shared: z.boolean().describe('For everybody who may read the list.'),
        mayChange: z.boolean(),
      }),
    ),
    total: z.number(),
  }),
  handle: async (ctx, { query: asked }) => {
    const rows = await listViews(ctx, asked.list);
    return { rows, total: rows.length };
  },
});

const keepOneView = route({
  id: 'keepView',
  method: 'post',
  path: '/views',
  access: 'views:keep',
  summary: 'Keep a list’s filters, order and search under a name; the same name again, or viewId, changes what is kept',
  body: z.object({
    viewId: z.uuid().optional(),
    list,
    name: z.string().trim().min(1, 'Write a name.').max(60),
    query,
    shared: z.boolean().default(false).describe('For everybody who may read the list.'),
  }),
  output: z.object({ viewId: z.uuid() }),
  handle: async (ctx, { body: { viewId, ...view } }) => ({ viewId: await keepView(ctx, view, viewId ?? null) }),
});

const removeOneView = route({
  id: 'removeView',
  method: 'delete',
  path: '/views/{viewId}',
  access: 'views:keep',
  summary: 'Remove a kept view; the list stays',
  params: z.object({ viewId: z.uuid() }),
  handle: (ctx, { params }) => removeView(ctx, params.viewId),
});

export const viewRoutes = { listViews: listKeptViews, keepView: keepOneView, removeView: removeOneView };
