import { z } from 'zod';
import type { ErasureKind } from '../../platform/erasure.ts';
import { route } from '../../platform/http/route.ts';
import type { PersonFacts } from '../../platform/person-facts.ts';
import { erasePerson, listErasureHindrances } from '../erase-person.ts';
import { countPeopleViews, listPeople, peopleSorts, peopleViews } from '../list-people.ts';
import { nullable, page, paged, personParams, rowsOf } from './shapes.ts';

const statuses = ['working', 'away', 'leaving', 'left', 'joining'] as const;

const line = z.object({
  id: z.string(),
  name: z.string(),
  title: nullable,
  department: nullable,
  location: nullable,
  managerId: nullable,
  manager: nullable,
  employmentType: nullable,
  workAddress: nullable,
  status: z.enum(statuses),
  leftAt: nullable,
  startDate: nullable,
  leaveUntil: nullable,
  timeZone: z.string(),
  place: nullable,
  accounts: z.number(),
  open: z.number(),
  canStillSignIn: z.boolean(),
});

/** The routes that need to know what other domains know of people: their accounts, and what to erase there. */
export const rosterRoutes = (below: { facts: PersonFacts; erasure: readonly ErasureKind[] }) => ({
  listPeople: route({
    id: 'listPeople',
    method: 'get',
    path: '/people',
    access: 'people:read',
    summary: 'The people, searched, filtered and sorted',
    query: z.object({
      view: z.enum(peopleViews).default('all'),
      search: z.string().trim().max(200).optional(),
      status: z.enum(statuses).optional(),
      departmentId: z.uuid().optional(),
      locationId: z.uuid().optional(),
      managerId: z.uuid().optional(),
      employmentType: z.string().max(100).optional(),
      appId: z.uuid().optional(),
      sort: z.enum(peopleSorts).default('name'),
      descending: z
        .enum(['true', 'false'])
        .default('false')
        .transform((text) => text === 'true'),
      ...page,
    }),
    output: rowsOf(line),
    handle: async (ctx, { query }) => paged(await listPeople(ctx, query, below.facts), query),
  }),
  countPeople: route({
    id: 'countPeople',
    method: 'get',
    path: '/people/counts',
    access: 'people:read',
    summary: 'How many people each kept view has',
    output: z.record(z.enum(peopleViews), z.number()),
    handle: (ctx) => countPeopleViews(ctx, below.facts),
  }),
  erasePerson: route({
    id: 'erasePerson',
    method: 'post',
    path: '/people/{personId}/erasure',
    access: 'people:erase',
    summary: 'Erases the data of a person who has left, for good',
    params: personParams,
    body: z.object({ evenThough: z.boolean().default(false) }).optional(),
    output: z.object({ touched: z.record(z.string(), z.number()) }),
    handle: async (ctx, { params, body }) => ({ touched: await erasePerson(ctx, params.personId, below.erasure, body) }),
  }),
  getErasureHindrances: route({
    id: 'getErasureHindrances',
    method: 'get',
    path: '/people/{personId}/erasure',
    access: 'people:erase',
    summary: 'What is still open about a person and should be settled before their data is erased',
    params: personParams,
    output: z.object({ rows: z.array(z.object({ words: z.string(), isFinal: z.boolean() })) }),
    handle: async (ctx, { params }) => ({ rows: await listErasureHindrances(ctx, params.personId, below.erasure) }),
  }),
});
