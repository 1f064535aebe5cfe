import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { describeAbsence } from '../absence/describe-absence.ts';
import { setAbsence } from '../absence/set-absence.ts';
import { named, nullable } from './shapes.ts';

const params = z.object({ personId: z.uuid() });
const line = z.object({
  id: z.string(),
  appId: z.string(),
  app: z.string(),
  kind: z.string(),
  status: z.string(),
  words: nullable,
  asked: nullable,
  readAt: nullable,
});
const view = z.object({
  from: nullable,
  until: nullable,
  absence: z
    .object({
      status: z.enum(['planned', 'away', 'returning']),
      keepAppIds: z.array(z.string()),
      beganAt: nullable,
      returnedAt: nullable,
      madeBy: nullable,
      lines: z.array(line),
    })
    .nullable(),
  accounts: z.array(
    z.object({
      accountId: z.string(),
      appId: z.string(),
      app: z.string(),
      account: z.string(),
      how: z.enum(['machine', 'by-hand', 'suspended', 'through', 'outside', 'kept']),
      words: z.string(),
    }),
  ),
  onlyAdminOf: z.array(named),
});

const getPersonAbsence = route({
  id: 'getPersonAbsence',
  method: 'get',
  path: '/people/{personId}/absence',
  access: 'access:read',
  summary: 'The leave of absence of a person: its days, what is suspended for it, and what would be.',
  params,
  output: view,
  handle: (ctx, { params: { personId } }) => describeAbsence(ctx, personId),
});

const setPersonAbsence = route({
  id: 'setPersonAbsence',
  method: 'put',
  path: '/people/{personId}/absence',
  access: 'access:manage',
  summary:
    'Sets, changes or ends a leave of absence. With `suspends`, accounts are suspended from the beginning of its first day and given back as they were after its last; apps of `keepAppIds` stay usable.',
  params,
  body: z.object({
    from: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    suspends: z.boolean(),
    keepAppIds: z.array(z.uuid()).max(200).default([]),
  }),
  output: view,
  handle: async (ctx, { params: { personId }, body }) => {
    await setAbsence(ctx, { personId, ...body });
    return describeAbsence(ctx, personId);
  },
});

export const absenceRoutes = { getPersonAbsence, setPersonAbsence };
