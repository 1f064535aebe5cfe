import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { listMoves } from '../moves/list-moves.ts';
import { nullable } from './shapes.ts';

const thing = { appId: z.string(), app: z.string(), entitlement: nullable, words: z.string() };

const listPersonMoves = route({
  id: 'listPersonMoves',
  method: 'get',
  path: '/people/{personId}/moves',
  access: 'access:read',
  summary: 'The moves of a person, and what follows: what becomes due, what ends and when, who decides what they keep.',
  params: z.object({ personId: z.uuid() }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        madeBy: nullable,
        changes: z.array(
          z.object({
            field: z.enum(['department', 'title', 'manager', 'location', 'employmentType']),
            label: z.string(),
            from: z.string(),
            to: z.string(),
          }),
        ),
        task: z.object({ id: z.string(), status: z.string(), asked: nullable }).nullable(),
      }),
    ),
    total: z.number(),
    due: z.array(z.object(thing)),
    ends: z.array(z.object({ ...thing, until: z.string() })),
    contractEnds: nullable,
  }),
  handle: (ctx, { params }) => listMoves(ctx, params.personId),
});

export const moveRoutes = { listPersonMoves };
