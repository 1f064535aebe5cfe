import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { addDepartment, addLocation, changeLocation, listDepartments, listLocations } from '../places.ts';
import { changed, nullable, rowsOf } from './shapes.ts';

const name = z.string().trim().min(1, 'Write a name.').max(200);
const zone = z.string().trim().min(1).max(100).nullable().optional();
const country = z.string().trim().min(1).max(100).nullable().optional();

const listAllDepartments = route({
  id: 'listDepartments',
  method: 'get',
  path: '/departments',
  access: 'people:read',
  summary: 'The departments, with how many people are in each',
  output: rowsOf(z.object({ id: z.string(), name: z.string(), people: z.number() })),
  handle: async (ctx) => {
    const rows = ctx.reach === 'all' ? await listDepartments(ctx) : [];
    return { rows, total: rows.length, nextOffset: null };
  },
});

const addOneDepartment = route({
  id: 'addDepartment',
  method: 'post',
  path: '/departments',
  access: 'people:manage',
  summary: 'Adds a department',
  body: z.object({ name }),
  output: z.object({ departmentId: z.string() }),
  handle: async (ctx, { body }) => ({ departmentId: await addDepartment(ctx, body) }),
});

const listAllLocations = route({
  id: 'listLocations',
  method: 'get',
  path: '/locations',
  access: 'people:read',
  summary: 'The locations with their time zones, and how many people are in each',
  output: rowsOf(z.object({ id: z.string(), name: z.string(), people: z.number(), timeZone: nullable, country: nullable })),
  handle: async (ctx) => {
    const rows = ctx.reach === 'all' ? await listLocations(ctx) : [];
    return { rows, total: rows.length, nextOffset: null };
  },
});

const addOneLocation = route({
  id: 'addLocation',
  method: 'post',
  path: '/locations',
  access: 'people:manage',
  summary: 'Adds a location',
  body: z.object({ name, timeZone: zone, country }),
  output: z.object({ locationId: z.string() }),
  handle: async (ctx, { body }) => ({ locationId: await addLocation(ctx, body) }),
});

const changeOneLocation = route({
  id: 'changeLocation',
  method: 'patch',
  path: '/locations/{locationId}',
  access: 'people:manage',
  summary: 'Changes a location; a new zone moves the ends of last working days there, never a confirmed cut-off',
  params: z.object({ locationId: z.uuid() }),
  body: z.object({ name: name.optional(), timeZone: zone, country }),
  output: changed,
  handle: async (ctx, { params, body }) => {
    await changeLocation(ctx, params.locationId, body);
    return { ok: true as const };
  },
});

export const placeRoutes = {
  listDepartments: listAllDepartments,
  addDepartment: addOneDepartment,
  listLocations: listAllLocations,
  addLocation: addOneLocation,
  changeLocation: changeOneLocation,
};
