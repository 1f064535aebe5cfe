import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { addPerson } from '../add-person.ts';
import { changePerson } from '../change-person.ts';
import { describePerson, personTimeline } from '../describe-person.ts';
import { setLeave } from '../set-leave.ts';
import { changed, nullable, personParams } from './shapes.ts';

const text = (most: number) => z.string().trim().max(most);
const optional = (most: number) => text(most).min(1).nullable().optional();
const employment = z.enum(['employee', 'contractor', 'intern', 'working student', 'freelancer', 'temporary', 'apprentice']);

const fields = {
  familyName: optional(200),
  preferredName: optional(200),
  employeeNumber: optional(100),
  title: optional(300),
  employmentType: employment.nullable().optional(),
  departmentId: z.uuid().nullable().optional(),
  locationId: z.uuid().nullable().optional(),
  timeZone: optional(100),
  managerId: z.uuid().nullable().optional(),
  costCentre: optional(200),
  workAddress: optional(320),
  personalAddress: optional(320),
  aliases: z.array(text(320).min(1)).max(50).optional(),
  startDate: z.iso.date().nullable().optional(),
};

const other = z.object({ id: z.string(), name: z.string(), title: nullable, status: z.string() });

const personView = z.object({
  id: z.string(),
  name: z.string(),
  givenName: z.string(),
  familyName: nullable,
  preferredName: nullable,
  employeeNumber: nullable,
  title: nullable,
  employmentType: nullable,
  departmentId: nullable,
  department: nullable,
  locationId: nullable,
  location: nullable,
  country: nullable,
  timeZone: z.string(),
  place: nullable,
  ownTimeZone: nullable,
  localTime: z.string(),
  costCentre: nullable,
  workAddress: nullable,
  personalAddress: nullable,
  aliases: z.array(z.string()),
  memberId: nullable,
  status: z.enum(['working', 'away', 'leaving', 'left', 'joining']),
  startDate: nullable,
  lastWorkingDay: nullable,
  cutOffLocal: nullable,
  cutOffZone: nullable,
  cutOffAt: nullable,
  legalEnd: nullable,
  leftAt: nullable,
  datesBy: nullable,
  departureWords: nullable,
  leaveFrom: nullable,
  leaveUntil: nullable,
  source: z.string(),
  createdAt: z.string(),
  erasedAt: nullable,
  manager: other.nullable(),
  reports: z.array(other),
  former: z.array(z.object({ startDate: nullable, lastWorkingDay: nullable, leftAt: nullable })),
});

async function viewOf(ctx: Parameters<typeof describePerson>[0], personId: string): Promise<z.input<typeof personView>> {
  const { person, ...around } = await describePerson(ctx, personId);
  return {
    id: person.id,
    name: person.name,
    givenName: person.given_name,
    familyName: person.family_name,
    preferredName: person.preferred_name,
    employeeNumber: person.employee_number,
    title: person.title,
    employmentType: person.employment_type,
    departmentId: person.department_id,
    department: person.department,
    locationId: person.location_id,
    location: person.location,
    country: person.country,
    timeZone: person.time_zone,
    place: person.place,
    costCentre: person.cost_centre,
    workAddress: person.work_address,
    personalAddress: person.personal_address,
    aliases: person.aliases,
    memberId: person.member_id,
    status: person.status,
    startDate: person.start_date,
    lastWorkingDay: person.last_working_day,
    cutOffLocal: person.cut_off_local,
    cutOffZone: person.cut_off_zone,
    cutOffAt: person.cut_off_at,
    legalEnd: person.legal_end,
    leftAt: person.left_at,
    datesBy: person.dates_by,
    leaveFrom: person.leave_from,
    leaveUntil: person.leave_until,
    source: person.source,
    createdAt: person.created_at,
    erasedAt: person.erased_at,
    ...around,
  };
}

const getOnePerson = route({
  id: 'getPerson',
  method: 'get',
  path: '/people/{personId}',
  access: 'people:read',
  summary: 'One person: dates in their zone, manager, reports, former employments',
  params: personParams,
  output: personView,
  handle: (ctx, { params }) => viewOf(ctx, params.personId),
});

const getPersonTimeline = route({
  id: 'getPersonTimeline',
  method: 'get',
  path: '/people/{personId}/timeline',
  access: 'people:read',
  summary: 'What happened to a person, newest first',
  params: personParams,
  query: z.object({ before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        action: z.string(),
        actorName: nullable,
        subjectKind: z.string(),
        subjectName: nullable,
        before: z.unknown(),
        after: z.unknown(),
        reason: nullable,
      }),
    ),
  }),
  handle: async (ctx, { params, query }) => ({ rows: await personTimeline(ctx, params.personId, query) }),
});

const addOnePerson = route({
  id: 'addPerson',
  method: 'post',
  path: '/people',
  access: 'people:manage',
  summary: 'Adds a person',
  body: z.object({ givenName: text(200).min(1, 'Write at least one name.'), ...fields }),
  output: personView,
  handle: async (ctx, { body }) => viewOf(ctx, await addPerson(ctx, body)),
});

const changeOnePerson = route({
  id: 'changePerson',
  method: 'patch',
  path: '/people/{personId}',
  access: 'people:manage',
  summary: 'Changes a person; a start after their end begins a new employment',
  params: personParams,
  body: z.object({
    givenName: text(200).min(1, 'Write at least one name.').optional(),
    ...fields,
    lastWorkingDay: z.iso.date().nullable().optional(),
  }),
  output: personView,
  handle: async (ctx, { params, body }) => {
    await changePerson(ctx, params.personId, body);
    return viewOf(ctx, params.personId);
  },
});

const setPersonLeave = route({
  id: 'setPersonLeave',
  method: 'put',
  path: '/people/{personId}/leave-of-absence',
  access: 'people:manage',
  summary: 'Sets or ends a leave of absence',
  params: personParams,
  body: z.object({ from: z.iso.date().nullable(), until: z.iso.date().nullable() }),
  output: changed,
  handle: async (ctx, { params, body }) => {
    await setLeave(ctx, params.personId, body);
    return { ok: true as const };
  },
});

export const personRoutes = {
  getPerson: getOnePerson,
  getPersonTimeline,
  addPerson: addOnePerson,
  changePerson: changeOnePerson,
  setPersonLeave,
};
