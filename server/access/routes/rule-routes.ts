import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { getAccessRule, listAccessRules, listRuleFacts } from '../rules/list-rules.ts';
import { previewAccessRule } from '../rules/preview-rule.ts';
import { archiveAccessRule, saveAccessRule } from '../rules/save-rule.ts';
import { brakeRelease, loser, named, nullable, optionalReason, ruleParams } from './shapes.ts';

const mend = z.enum(['shown', 'by-itself']);
/** Checked with the rest of the rule, so that the answer says which days are possible. */
const graceDays = z.number();
const shownGrant = z.object({ appId: z.string(), app: z.string(), entitlement: nullable, kind: nullable, known: z.boolean() });
const ruleRow = z.object({
  id: z.string(),
  name: z.string(),
  when: z.string(),
  grants: z.array(shownGrant),
  mend,
  graceDays: z.number(),
  version: z.number(),
  changedAt: z.string(),
  changedBy: z.string(),
  matches: z.number(),
  unknown: z.number(),
});
const matched = z.object({ id: z.string(), name: z.string(), title: nullable, department: nullable });
const unknown = z.object({ id: z.string(), name: z.string(), missing: z.string() });
const fact = z.enum(['department', 'title', 'location', 'country', 'employmentType', 'costCentre', 'manager', 'managesPeople']);

const grants = z
  .array(
    z.object({
      appId: z.uuid(),
      entitlement: z.string().max(300).nullable().optional(),
      kind: z.string().max(100).nullable().optional(),
    }),
  )
  .max(200);
const ruleBody = z.object({
  name: z.string().max(1_000),
  when: z.string().max(10_000),
  grants,
  mend: mend.optional(),
  graceDays: graceDays.optional(),
  reason: optionalReason,
  brake: brakeRelease.nullable().optional(),
});

const listAccessRulesRoute = route({
  id: 'listAccessRules',
  method: 'get',
  path: '/access-rules',
  access: 'access:read',
  summary: 'The rules of who gets what, with how many people each means today.',
  output: z.object({ rows: z.array(ruleRow), total: z.number() }),
  handle: (ctx) => listAccessRules(ctx),
});

const listRuleFactsRoute = route({
  id: 'listRuleFacts',
  method: 'get',
  path: '/access-rules/facts',
  access: 'access:read',
  summary: 'What a rule may ask of a person, with the values that people have now.',
  output: z.object({
    rows: z.array(z.object({ field: fact, label: z.string(), values: z.array(z.object({ value: z.string(), people: z.number() })) })),
    total: z.number(),
  }),
  handle: async (ctx) => {
    const rows = await listRuleFacts(ctx);
    return { rows, total: rows.length };
  },
});

const getAccessRuleRoute = route({
  id: 'getAccessRule',
  method: 'get',
  path: '/access-rules/{ruleId}',
  access: 'access:read',
  summary: 'One rule: whom it means, of whom that is not known, and what it said before.',
  params: ruleParams,
  output: ruleRow.extend({
    people: z.array(matched),
    unknownPeople: z.array(unknown),
    versions: z.array(
      z.object({
        version: z.number(),
        name: z.string(),
        when: z.string(),
        grants: z.array(shownGrant),
        mend,
        graceDays: z.number(),
        archived: z.boolean(),
        changedBy: z.string(),
        changedAt: z.string(),
        reason: nullable,
      }),
    ),
  }),
  handle: (ctx, { params }) => getAccessRule(ctx, params.ruleId),
});

const previewAccessRuleRoute = route({
  id: 'previewAccessRule',
  method: 'post',
  path: '/access-rules/preview',
  access: 'access:read',
  harmless: true,
  summary: 'Tries a rule, a change of one or its end on today’s people. Nothing is changed.',
  body: z.object({
    ruleId: z.uuid().nullable().optional(),
    when: z.string().max(10_000),
    grants,
    graceDays: graceDays.optional(),
    archive: z.boolean().optional(),
  }),
  output: z.object({
    matches: z.object({ total: z.number(), people: z.array(matched) }),
    unknown: z.object({ total: z.number(), people: z.array(unknown) }),
    gains: z.object({ people: z.number(), grants: z.number(), names: z.array(named) }),
    losses: z.object({ people: z.number(), grants: z.number(), names: z.array(loser) }),
    brake: z.object({ limit: z.number(), people: z.number() }).nullable(),
  }),
  handle: (ctx, { body }) => previewAccessRule(ctx, body),
});

const createAccessRule = route({
  id: 'createAccessRule',
  method: 'post',
  path: '/access-rules',
  access: 'access:manage',
  summary: 'Adds a rule. Nothing is given or taken by that: it shows in the gap.',
  body: ruleBody,
  output: z.object({ id: z.string() }),
  handle: async (ctx, { body }) => ({ id: (await saveAccessRule(ctx, body)).id }),
});

const changeAccessRule = route({
  id: 'changeAccessRule',
  method: 'put',
  path: '/access-rules/{ruleId}',
  access: 'access:manage',
  summary:
    'Changes a rule. What would take something from many people is refused with their names, until somebody lets it happen; with `basedOn`, also a change of another version than the one in force.',
  params: ruleParams,
  body: ruleBody.extend({ basedOn: z.number().int().min(1).optional() }),
  output: z.object({ id: z.string() }),
  handle: async (ctx, { params, body }) => ({ id: (await saveAccessRule(ctx, { ...body, id: params.ruleId })).id }),
});

const archiveAccessRuleRoute = route({
  id: 'archiveAccessRule',
  method: 'post',
  path: '/access-rules/{ruleId}/archive',
  access: 'access:manage',
  summary: 'Takes a rule out of use. What it gave shows in the gap then.',
  params: ruleParams,
  body: z.object({ reason: optionalReason, brake: brakeRelease.nullable().optional() }),
  handle: (ctx, { params, body }) => archiveAccessRule(ctx, { ruleId: params.ruleId, ...body }),
});

export const ruleRoutes = {
  listAccessRules: listAccessRulesRoute,
  listRuleFacts: listRuleFactsRoute,
  getAccessRule: getAccessRuleRoute,
  previewAccessRule: previewAccessRuleRoute,
  createAccessRule,
  changeAccessRule,
  archiveAccessRule: archiveAccessRuleRoute,
};
