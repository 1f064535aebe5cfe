import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { decideGrant } from '../decide-grant.ts';
import { personAccess } from '../person-access.ts';
import { applyGap } from '../plans/apply-gap.ts';
import { getPlan, listPlans, planStandings } from '../plans/list-plans.ts';
import { previewGap } from '../plans/preview-gap.ts';
import { discardPlan, releasePlan } from '../plans/release-plan.ts';
import { undoPlanWithRules } from '../plans/undo-plan.ts';
import { brakeRelease, loser, nullable, optionalReason, page, planParams, reason } from './shapes.ts';

const writer = z.enum(['connection', 'group', 'manual', 'outside']);
const changes = ['create-account', 'reopen', 'grant', 'revoke', 'suspend'] as const;

const getPersonAccess = route({
  id: 'getPersonAccess',
  method: 'get',
  path: '/people/{personId}/access',
  access: 'access:read',
  summary: 'What a person should have beside what they have, with the reason for each.',
  params: z.object({ personId: z.uuid() }),
  output: z.object({
    rows: z.array(
      z.object({
        appId: z.string(),
        app: z.string(),
        writer,
        entitlementId: nullable,
        entitlement: nullable,
        kind: nullable,
        should: z.boolean().nullable(),
        why: z.array(z.object({ ruleId: z.string(), name: z.string() })),
        is: z.enum(['held', 'missing', 'suspended', 'unknown', 'evidenced']),
        asOf: nullable,
        origin: z.enum(['rule', 'request', 'discovered']).nullable(),
        decision: z.enum(['keep', 'take']).nullable(),
        what: z.enum(['nothing', ...changes, 'under-way', 'kept', 'unknown']),
        words: z.string(),
        keptUntil: nullable,
      }),
    ),
    present: z.boolean(),
    opensAt: nullable,
  }),
  handle: (ctx, { params }) => personAccess(ctx, params.personId),
});

const setAside = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      personId: z.string(),
      person: z.string(),
      appId: z.string(),
      app: z.string(),
      entitlement: nullable,
      words: z.string(),
    }),
  ),
});

const previewPlan = route({
  id: 'previewPlan',
  method: 'get',
  path: '/access-gap',
  access: 'access:read',
  summary: 'What applying the rules would change now: desired minus observed, line by line.',
  query: z.object({ personId: z.uuid().optional(), appId: z.uuid().optional(), ...page }),
  output: z.object({
    hash: z.string(),
    totals: z.object({ gives: z.number(), takes: z.number(), byHand: z.number(), people: z.number(), losing: z.number() }),
    rows: z.array(
      z.object({
        personId: z.string(),
        person: z.string(),
        appId: z.string(),
        app: z.string(),
        entitlementId: nullable,
        entitlement: nullable,
        change: z.enum(changes),
        how: z.enum(['machine', 'by-hand', 'outside']),
        words: z.string(),
        rule: z.object({ id: z.string(), name: z.string() }).nullable(),
        onlyAdmin: z.boolean(),
        administratorAgain: z.boolean(),
      }),
    ),
    total: z.number(),
    brake: z.object({ limit: z.number(), people: z.number(), names: z.array(loser) }).nullable(),
    unknown: setAside,
    underWay: setAside,
    keptForNow: setAside,
  }),
  handle: (ctx, { query }) => previewGap(ctx, query),
});

const applyPlan = route({
  id: 'applyPlan',
  method: 'post',
  path: '/plans',
  access: 'access:manage',
  summary: 'Starts what was seen in the gap. What would take something from many people is held with their names.',
  body: z.object({ hash: z.string().max(200), personId: z.uuid().optional(), appId: z.uuid().optional(), reason: optionalReason }),
  output: z.object({ planId: nullable, status: z.enum(['applying', 'held', 'nothing']) }),
  handle: async (ctx, { body }) => {
    const { planId, status } = await applyGap(ctx, body);
    return { planId, status };
  },
});

const planRow = z.object({
  id: z.string(),
  purpose: z.enum(['gap', 'join', 'undo', 'hygiene']),
  status: z.string(),
  madeBy: nullable,
  reason: nullable,
  createdAt: z.string(),
  heldReasons: z.array(z.string()),
  counts: z.object({
    total: z.number(),
    settled: z.number(),
    open: z.number(),
    wrong: z.number(),
    asked: z.number(),
    withdrawn: z.number(),
  }),
  people: z.number(),
  undoneBy: nullable,
});

const listPlansRoute = route({
  id: 'listPlans',
  method: 'get',
  path: '/plans',
  access: 'access:read',
  summary: 'The plans that rules, hires and undoings made, the newest first.',
  query: z.object({
    ...page,
    standing: z.enum(planStandings).optional(),
    purpose: z.enum(['gap', 'join', 'undo', 'hygiene']).optional(),
    find: z.string().trim().max(200).optional(),
  }),
  output: z.object({ rows: z.array(planRow), total: z.number() }),
  handle: (ctx, { query }) => listPlans(ctx, query),
});

const getPlanRoute = route({
  id: 'getPlan',
  method: 'get',
  path: '/plans/{planId}',
  access: 'access:read',
  summary: 'One plan with its lines, and while it is held with who would lose something.',
  params: planParams,
  output: planRow.extend({
    lines: z.array(
      z.object({
        actionId: z.string(),
        personId: nullable,
        person: z.string(),
        app: z.string(),
        appId: z.string(),
        entitlement: nullable,
        kind: z.string(),
        direction: z.enum(['give', 'take']),
        status: z.string(),
        words: nullable,
        asked: nullable,
        dueAt: z.string(),
        verifiedAt: nullable,
      }),
    ),
    losing: z.array(loser),
  }),
  handle: (ctx, { params }) => getPlan(ctx, params.planId),
});

const releasePlanRoute = route({
  id: 'releasePlan',
  method: 'post',
  path: '/plans/{planId}/release',
  access: 'access:manage',
  summary: 'Starts a held plan: somebody has seen how many people lose something, and says why.',
  params: planParams,
  body: z.object({ people: z.number().int().min(0), reason }),
  handle: (ctx, { params, body }) => releasePlan(ctx, { planId: params.planId, ...body }),
});

const discardPlanRoute = route({
  id: 'discardPlan',
  method: 'post',
  path: '/plans/{planId}/discard',
  access: 'access:manage',
  summary: 'Lets go of what is open in a plan. What has happened stays.',
  params: planParams,
  body: z.object({ reason }),
  handle: (ctx, { params, body }) => discardPlan(ctx, { planId: params.planId, reason: body.reason }),
});

const undoPlanRoute = route({
  id: 'undoPlan',
  method: 'post',
  path: '/plans/{planId}/undo',
  access: 'access:manage',
  summary:
    'Takes back what a plan changed; with rules, also the rules as they were before it. After a day, taking from many needs their number and why.',
  params: planParams,
  body: z.object({ reason, rules: z.boolean(), brake: brakeRelease.nullable().optional() }),
  output: z.object({ planId: nullable, rulesSetBack: z.number() }),
  handle: (ctx, { params, body }) => undoPlanWithRules(ctx, { planId: params.planId, ...body }),
});

const decideGrantRoute = route({
  id: 'decideGrant',
  method: 'post',
  path: '/access-decisions',
  access: 'access:manage',
  summary: 'Decides about something that no rule gives: it stays, it goes with the next plan, or nobody has decided.',
  body: z.object({
    personId: z.uuid(),
    appId: z.uuid(),
    entitlementId: z.uuid().nullable(),
    decision: z.enum(['keep', 'take', 'undecided']),
    reason: optionalReason,
  }),
  handle: (ctx, { body }) => decideGrant(ctx, body),
});

export const planRoutes = {
  getPersonAccess,
  previewPlan,
  applyPlan,
  listPlans: listPlansRoute,
  getPlan: getPlanRoute,
  releasePlan: releasePlanRoute,
  discardPlan: discardPlanRoute,
  undoPlan: undoPlanRoute,
  decideGrant: decideGrantRoute,
};
