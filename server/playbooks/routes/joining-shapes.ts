import { z } from 'zod';
import { readinessKinds } from '../joining/readiness.ts';

const maybe = z.string().nullable();
const state = z.enum(['ready', 'not-ready', 'unknown', 'not-yet']);

export const cause = z.enum(readinessKinds);

export const readinessBody = z.object({
  state,
  ready: z.number(),
  total: z.number(),
  missing: z.array(z.object({ what: z.string(), why: z.string(), who: maybe })),
});

export const joiningRow = z.object({
  id: z.string(),
  personId: z.string(),
  person: z.string(),
  title: maybe,
  department: maybe,
  place: maybe,
  zone: z.string(),
  startOn: z.string(),
  startsAt: z.string(),
  endDate: maybe,
  status: z.string(),
  outcome: maybe,
  moment: z.string(),
  playbook: z.string(),
  late: z.boolean(),
  firstMorning: z.enum(['everything', 'something-missing']).nullable(),
  firstMorningAt: maybe,
  manager: maybe,
  opensAt: maybe,
  waits: z.number(),
  readiness: readinessBody.nullable(),
  /** Working days. */
  lostDays: z.number(),
});

export const given = z.object({
  preferredName: z.string().trim().max(100).optional(),
  deliveryAddress: z.string().trim().max(1000).optional(),
  keyboard: z.string().trim().max(100).optional(),
  keyboardSize: z.string().trim().max(100).optional(),
  note: z.string().trim().max(2000).optional(),
});

export const milestoneOfRun = z.object({
  id: z.string(),
  name: z.string(),
  targetDays: z.number(),
  targetOn: z.string(),
  reachedOn: maybe,
  confirmedBy: maybe,
});

export const joiningDetail = joiningRow.extend({
  readiness: readinessBody,
  lines: z.array(
    z.object({
      key: z.string(),
      what: z.string(),
      kind: cause,
      app: maybe,
      appId: maybe,
      state,
      why: z.string(),
      who: maybe,
      taskId: maybe,
    }),
  ),
  steps: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      kind: z.string(),
      title: z.string(),
      status: z.string(),
      at: maybe,
      note: maybe,
      words: maybe,
      waitsFor: maybe,
      late: z.boolean(),
      taskId: maybe,
      doneAt: maybe,
    }),
  ),
  workAddress: maybe,
  personalAddress: maybe,
  managerId: maybe,
  welcome: z.object({ to: z.enum(['personal', 'manager']).nullable(), openedAt: maybe, given }),
  readinessBefore: readinessBody.nullable(),
  readinessBeforeAt: maybe,
  credentialTo: z.enum(['personal', 'manager']).nullable(),
  startNote: maybe,
  confirmedBy: z.string(),
  confirmedAt: z.string(),
  pausedAt: maybe,
  endedAt: maybe,
  planId: maybe,
  lost: z.array(
    z.object({
      id: z.string(),
      runId: z.string(),
      what: z.string(),
      cause: z.string(),
      since: z.string(),
      until: maybe,
      words: maybe,
      saidBy: z.string(),
      days: z.number(),
    }),
  ),
  milestones: z.array(milestoneOfRun),
});

export const hirePreview = z.object({
  person: z.object({
    name: z.string(),
    workAddress: maybe,
    addressWords: z.string(),
    title: maybe,
    department: maybe,
    location: maybe,
    zone: z.string(),
    manager: maybe,
    employmentType: maybe,
  }),
  moment: z.object({
    zone: z.string(),
    startDate: z.string(),
    startLocal: z.string(),
    startsAt: z.string(),
    note: maybe,
    endDate: maybe,
    isLate: z.boolean(),
  }),
  playbook: z.object({ name: z.string(), version: z.number() }),
  access: z.array(
    z.object({
      appId: z.string(),
      app: z.string(),
      entitlement: maybe,
      rule: z.string(),
      how: z.enum(['machine', 'by-hand', 'outside']),
      words: z.string(),
    }),
  ),
  held: z.array(
    z.object({
      appId: z.string(),
      app: z.string(),
      opens: z.boolean(),
      roles: z.array(
        z.object({ entitlementId: maybe, entitlement: maybe, isAdmin: z.boolean(), decision: z.enum(['keep', 'take']).nullable() }),
      ),
    }),
  ),
  steps: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      kind: z.string(),
      at: maybe,
      words: z.string(),
      note: maybe,
      late: z.boolean(),
    }),
  ),
  obstacles: z.array(z.string()),
  notes: z.array(z.string()),
  rehire: z.object({ personId: z.string(), name: z.string(), leftAt: maybe }).nullable(),
});

export const welcomeBody = z.object({
  organization: z.string(),
  name: z.string(),
  givenName: z.string(),
  familyName: maybe,
  startOn: z.string(),
  startsAt: z.string(),
  startWords: z.string(),
  zone: z.string(),
  place: maybe,
  manager: maybe,
  workAddress: maybe,
  given,
  timeline: z.array(z.object({ at: z.string(), title: z.string(), words: z.string(), isDone: z.boolean() })),
  signIn: z.object({ app: z.string(), userName: z.string(), link: maybe, password: z.enum(['choose', 'chosen', 'app']) }).nullable(),
  isDayOne: z.boolean(),
  firstMorning: z.enum(['everything', 'something-missing']).nullable(),
  things: z.array(z.object({ key: z.string(), what: z.string(), kind: cause, isThere: z.boolean() })),
  tasks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      instructions: z.string(),
      dueAt: maybe,
      answerKind: maybe,
      options: z.array(z.object({ value: z.string(), label: z.string() })),
      evidenceRequired: z.boolean(),
      linkUrl: maybe,
    }),
  ),
  milestones: z.array(milestoneOfRun),
});
