import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { chooseTold } from '../sources/choose-told.ts';
import { forgetSource } from '../sources/forget-source.ts';
import { listDifferences } from '../sources/list-differences.ts';
import { listSources, rankSource, setFieldAuthority } from '../sources/rank-sources.ts';
import { toldFields } from '../sources/told-fields.ts';
import { changed, nullable, page, paged, rowsOf } from './shapes.ts';

const field = z.enum(toldFields);
const sourceParams = z.object({ sourceId: z.uuid() });

export const sourceRoutes = {
  listPeopleSources: route({
    id: 'listPeopleSources',
    method: 'get',
    path: '/people/sources',
    access: 'people:manage',
    summary: 'The systems and directories that tell who works here, the strongest first, and which of them decides a field by itself',
    output: z.object({
      sources: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['connection', 'directory', 'folder']),
          refId: z.string(),
          name: z.string(),
          rank: z.number(),
          people: z.number(),
          toldAt: z.string(),
          note: nullable,
        }),
      ),
      fields: z.array(z.object({ field, label: z.string(), sourceId: nullable })),
    }),
    handle: (ctx) => listSources(ctx),
  }),
  rankPeopleSource: route({
    id: 'rankPeopleSource',
    method: 'patch',
    path: '/people/sources/{sourceId}',
    access: 'people:manage',
    summary: 'Ranks a source of people: 1 is the strongest. What it tells is weighed anew when it is read next',
    params: sourceParams,
    body: z.object({ rank: z.int().min(1).max(5) }),
    output: changed,
    handle: async (ctx, { params, body }) => {
      await rankSource(ctx, params.sourceId, body.rank);
      return { ok: true as const };
    },
  }),
  forgetPeopleSource: route({
    id: 'forgetPeopleSource',
    method: 'delete',
    path: '/people/sources/{sourceId}',
    access: 'people:manage',
    summary: 'Forgets what a source told, so that it stands in nobody’s way. Nobody in the people list is changed',
    params: sourceParams,
    handle: (ctx, { params }) => forgetSource(ctx, { id: params.sourceId }),
  }),
  setPeopleFieldAuthority: route({
    id: 'setPeopleFieldAuthority',
    method: 'put',
    path: '/people/field-authorities',
    access: 'people:manage',
    summary: 'Says which source decides a field whatever its rank; null: the ranks decide',
    body: z.object({ field, sourceId: z.uuid().nullable() }),
    output: changed,
    handle: async (ctx, { body }) => {
      await setFieldAuthority(ctx, body.field, body.sourceId);
      return { ok: true as const };
    },
  }),
  listPeopleDifferences: route({
    id: 'listPeopleDifferences',
    method: 'get',
    path: '/people/differences',
    access: 'people:manage',
    summary: 'Where a source tells something else than the people list has, leaving dates first',
    query: z.object({ decided: z.enum(['true', 'false']).default('false'), person: z.uuid().optional(), ...page }),
    output: rowsOf(
      z.object({
        personId: z.string(),
        name: z.string(),
        field,
        label: z.string(),
        stands: nullable,
        told: z.array(z.object({ sourceId: z.string(), source: z.string(), value: z.string(), decides: z.boolean() })),
        decidedBy: nullable,
        decidedAt: nullable,
      }),
    ),
    handle: async (ctx, { query }) =>
      paged(
        await listDifferences(ctx, { decided: query.decided === 'true', personId: query.person, limit: query.limit, offset: query.offset }),
        query,
      ),
  }),
  decidePeopleDifference: route({
    id: 'decidePeopleDifference',
    method: 'post',
    path: '/people/differences',
    access: 'people:manage',
    summary: 'Decides one field of one person: what a source tells goes into the people list, or what stands there stays',
    body: z.object({ personId: z.uuid(), field, sourceId: z.uuid().nullable(), seen: z.string().max(500).optional() }),
    output: changed,
    handle: async (ctx, { body }) => {
      await chooseTold(ctx, body);
      return { ok: true as const };
    },
  }),
};
