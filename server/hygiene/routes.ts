import { z } from 'zod';
import { previewTaking, takeAway, takingKinds } from '../access/index.ts';
import { notFound } from '../platform/errors.ts';
import { route } from '../platform/http/route.ts';
import { acceptFindings, withdrawExceptions } from './accept-findings.ts';
import { askForSecondFactor } from './ask-second-factor.ts';
import { listCaveats, listUnknown } from './freshness.ts';
import { findingKinds, isAccountKind } from './kinds.ts';
import { countUntold, listHolders as findHolders, unjudgedPrograms } from './list-app-grants.ts';
import { countFindings, listFindings as findFindings, findingViews } from './list-findings.ts';

const nullable = z.string().nullable();
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
const kind = z.enum(findingKinds);
const reason = z.string().trim().min(3, 'Write a sentence.').max(1_000);

const getHygiene = route({
  id: 'getHygiene',
  method: 'get',
  path: '/hygiene',
  access: 'hygiene:read',
  summary: 'How many stand on each hygiene list, what is new, what nobody knows, and what was not read whole.',
  output: z.object({
    lists: z.array(z.object({ kind, open: z.number(), fresh: z.number(), accepted: z.number(), unknown: z.number(), of: z.number() })),
    caveats: z.array(z.object({ appId: z.string(), app: z.string(), words: z.string() })),
  }),
  handle: async (ctx) => ({ lists: await countFindings(ctx), caveats: await listCaveats(ctx) }),
});

const finding = z.object({
  kind,
  subject: z.string(),
  appId: z.string(),
  app: z.string(),
  accountId: nullable,
  account: nullable,
  state: nullable,
  personId: nullable,
  who: z.string(),
  suggestedPersonId: nullable,
  suggestedPerson: nullable,
  suggestedWhy: nullable,
  ownerPersonId: nullable,
  program: nullable,
  people: z.number().nullable(),
  why: z.string(),
  onlyAdmin: z.boolean(),
  underWay: nullable,
  askedAt: nullable,
  firstSeenAt: nullable,
  exception: z.object({ reason: z.string(), until: z.string(), by: z.string() }).nullable(),
});

const listFindings = route({
  id: 'listFindings',
  method: 'get',
  path: '/hygiene/findings',
  access: 'hygiene:read',
  summary: 'One hygiene list: whom or what it concerns, why, since when, and what is done about it.',
  query: z.object({
    kind: kind.default('zombie'),
    view: z.enum(findingViews).default('open'),
    fresh: z.stringbool().optional(),
    appId: z.uuid().optional(),
    ...page,
  }),
  output: z.object({
    rows: z.array(finding),
    total: z.number(),
    nextOffset: z.number().nullable(),
    unknown: z.array(z.object({ appId: z.string(), app: z.string(), unknown: z.number(), of: z.number() })),
    untold: z.number(),
    caveats: z.array(z.object({ appId: z.string(), app: z.string(), words: z.string() })),
  }),
  handle: async (ctx, { query }) => {
    const { rows, total } = await findFindings(ctx, query.kind, query);
    const next = query.offset + rows.length;
    return {
      rows: rows.map(({ account, ...row }) => ({
        ...row,
        account: account === null ? null : (account.userName ?? account.address ?? account.displayName ?? account.externalId),
        state: account?.state ?? null,
        suggestedPersonId: account?.suggestedPersonId ?? null,
        suggestedPerson: account?.suggestedPerson ?? null,
        suggestedWhy: account?.suggestedWhy ?? null,
        ownerPersonId: account?.ownerPersonId ?? null,
      })),
      total,
      nextOffset: rows.length > 0 && next < total ? next : null,
      unknown:
        query.kind === 'app-grant' ? await unjudgedPrograms(ctx) : isAccountKind(query.kind) ? await listUnknown(ctx, query.kind) : [],
      untold: query.kind === 'app-grant' ? await countUntold(ctx) : 0,
      caveats: query.kind === 'one-owner' ? [] : await listCaveats(ctx),
    };
  },
});

const listHolders = route({
  id: 'listProgramHolders',
  method: 'get',
  path: '/hygiene/program-holders',
  access: 'hygiene:read',
  summary: 'The accounts that let one program act for them, and what it may do there.',
  query: z.object({ appId: z.uuid(), program: z.string().min(1).max(1_000), ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        accountId: z.string(),
        personId: nullable,
        who: z.string(),
        account: z.string(),
        grantedAt: nullable,
        wide: z.array(z.string()),
      }),
    ),
    total: z.number(),
  }),
  handle: (ctx, { query }) => findHolders(ctx, query),
});

const taking = {
  what: z.enum(takingKinds),
  items: z
    .array(z.object({ accountId: z.uuid(), program: z.string().min(1).max(1_000).optional() }))
    .min(1)
    .max(500),
};

const previewTakingRoute = route({
  id: 'previewTaking',
  method: 'post',
  path: '/hygiene/previews',
  access: 'hygiene:manage',
  harmless: true,
  summary: 'What taking accounts, administrators’ rights or app grants away would do, line by line; changes nothing.',
  body: z.object(taking),
  output: z.object({
    lines: z.array(
      z.object({
        accountId: z.string(),
        personId: nullable,
        who: z.string(),
        account: z.string(),
        appId: z.string(),
        app: z.string(),
        how: z.enum(['machine', 'by-hand']),
        words: z.string(),
        onlyAdmin: z.boolean(),
        stays: nullable,
      }),
    ),
    losing: z.number(),
    brake: z.object({ limit: z.number(), people: z.number() }).nullable(),
  }),
  handle: async (ctx, { body }) => {
    const preview = await previewTaking(ctx, body.what, body.items);
    if (preview.lines.length < new Set(body.items.map(({ accountId }) => accountId)).size) throw notFound('account');
    return preview;
  },
});

const takeAwayRoute = route({
  id: 'takeAway',
  method: 'post',
  path: '/hygiene/takings',
  access: 'hygiene:manage',
  summary:
    'Takes accounts, administrators’ rights or app grants away as a plan: each is changed and read back, or its app’s owner is asked.',
  body: z.object({
    ...taking,
    reason: z.string().trim().max(1_000).nullable().optional(),
    brake: z
      .object({ people: z.number().int().min(1), reason })
      .nullable()
      .optional(),
  }),
  output: z.object({ planId: z.string(), actions: z.number() }),
  handle: (ctx, { body }) =>
    takeAway(ctx, { kind: body.what, wanted: body.items, reason: body.reason ?? null, release: body.brake ?? null }),
});

const askForSecondFactorRoute = route({
  id: 'askForSecondFactor',
  method: 'post',
  path: '/hygiene/second-factor-tasks',
  access: 'hygiene:manage',
  summary: 'Asks the people of accounts to switch on a second factor, by a task each.',
  body: z.object({ accountIds: z.array(z.uuid()).min(1).max(200) }),
  output: z.object({ asked: z.number() }),
  handle: async (ctx, { body }) => ({ asked: await askForSecondFactor(ctx, body.accountIds) }),
});

const subjects = z.array(z.string().min(1).max(1_200)).min(1).max(200);

const acceptFindingsRoute = route({
  id: 'acceptFindings',
  method: 'post',
  path: '/hygiene/exceptions',
  access: 'hygiene:manage',
  summary: 'Leaves things on a hygiene list as they are until a day, with a reason; then they come back.',
  body: z.object({ kind, subjects, reason, until: z.iso.datetime({ offset: true }) }),
  handle: (ctx, { body }) => acceptFindings(ctx, body),
});

const withdrawExceptionsRoute = route({
  id: 'withdrawExceptions',
  method: 'post',
  path: '/hygiene/exceptions/end',
  access: 'hygiene:manage',
  summary: 'Ends exceptions before their day.',
  body: z.object({ kind, subjects }),
  handle: (ctx, { body }) => withdrawExceptions(ctx, body),
});

export const hygieneRoutes = {
  getHygiene,
  listFindings,
  listProgramHolders: listHolders,
  previewTaking: previewTakingRoute,
  takeAway: takeAwayRoute,
  askForSecondFactor: askForSecondFactorRoute,
  acceptFindings: acceptFindingsRoute,
  withdrawExceptions: withdrawExceptionsRoute,
};
