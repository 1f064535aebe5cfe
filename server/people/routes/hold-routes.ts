import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { getPerson } from '../get-person.ts';
import { liftHold, listHolds, placeHold } from '../legal-holds.ts';
import { nullable, personParams } from './shapes.ts';

const reason = z.object({ reason: z.string().trim().min(3, 'Write a sentence.').max(1_000) });

export const holdRoutes = {
  listLegalHolds: route({
    id: 'listLegalHolds',
    method: 'get',
    path: '/people/{personId}/legal-holds',
    access: 'people:hold',
    summary: 'The legal holds on a person, the newest first',
    params: personParams,
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          reason: z.string(),
          placedBy: z.string(),
          placedAt: z.string(),
          liftedBy: nullable,
          liftedAt: nullable,
          liftedReason: nullable,
        }),
      ),
    }),
    handle: async (ctx, { params }) => ({ rows: await listHolds(ctx, (await getPerson(ctx, params.personId)).id) }),
  }),
  placeLegalHold: route({
    id: 'placeLegalHold',
    method: 'post',
    path: '/people/{personId}/legal-holds',
    access: 'people:hold',
    summary: 'Places a legal hold: nothing of the person is deleted or erased and no licence is taken until it is lifted',
    params: personParams,
    body: reason,
    output: z.object({ id: z.string() }),
    handle: async (ctx, { params, body }) => ({ id: await placeHold(ctx, { personId: params.personId, ...body }) }),
  }),
  liftLegalHold: route({
    id: 'liftLegalHold',
    method: 'post',
    path: '/legal-holds/{holdId}/lift',
    access: 'people:hold',
    summary: 'Lifts a legal hold, with a reason',
    params: z.object({ holdId: z.uuid() }),
    body: reason,
    handle: (ctx, { params, body }) => liftHold(ctx, { holdId: params.holdId, ...body }),
  }),
};
