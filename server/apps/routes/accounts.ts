import { z } from 'zod';
import { notFound } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { listAccounts as findAccounts } from '../account-queries.ts';
import { accountsOf } from '../accounts-of.ts';
import { getReachableApp } from '../app-reach.ts';
import { markServiceAccount, matchAccount, unmarkServiceAccount, unmatchAccount } from '../decide-account.ts';
import { isReportOf } from '../is-report-of.ts';
import { accountLine, appParams, changed, page, paged, rowsOf } from './shapes.ts';

const accountFilters = ['there', 'zombie', 'unknown', 'orphan', 'suggested', 'service', 'unowned', 'suspended', 'fine', 'gone'] as const;
const accountParams = z.object({ accountId: z.uuid() });
const filter = { show: z.enum(accountFilters).default('there'), search: z.string().max(200).optional(), ...page };
const done = { ok: true as const };

const listAppAccounts = route({
  id: 'listAppAccounts',
  method: 'get',
  path: '/apps/{appId}/accounts',
  access: 'apps:read',
  summary: 'The accounts of an app, those that need somebody first, each with its reason',
  params: appParams,
  query: z.object(filter),
  output: rowsOf(accountLine),
  handle: async (ctx, { params, query }) => {
    await getReachableApp(ctx, params.appId);
    return paged(query, await findAccounts(ctx, { appId: params.appId, filter: query.show, ...query }));
  },
});

const listAccounts = route({
  id: 'listAccounts',
  method: 'get',
  path: '/accounts',
  access: 'apps:read',
  summary: 'The accounts of all apps, those that need somebody first, each with its reason',
  query: z.object(filter),
  output: rowsOf(accountLine),
  handle: async (ctx, { query }) => paged(query, await findAccounts(ctx, { filter: query.show, ...query })),
});

const listPersonAccounts = route({
  id: 'listPersonAccounts',
  method: 'get',
  path: '/people/{personId}/accounts',
  access: 'accounts:read',
  summary: 'The accounts of a person, with what they may do',
  params: z.object({ personId: z.uuid() }),
  output: rowsOf(
    z.object({
      id: z.string(),
      appId: z.string(),
      app: z.string(),
      writer: z.string(),
      signIn: z.boolean(),
      deepLink: z.string().nullable(),
      userName: z.string().nullable(),
      address: z.string().nullable(),
      status: z.string().nullable(),
      isAdmin: z.boolean().nullable(),
      lastActivityAt: z.string().nullable(),
      asOf: z.string(),
      source: z.string(),
      label: z.string(),
      grants: z.array(z.object({ entitlementId: z.string(), kind: z.string(), name: z.string(), origin: z.string() })),
    }),
  ),
  handle: async (ctx, { params: { personId } }) => {
    const person = await ctx.db.selectFrom('people_roster').select('id').where('id', '=', personId).executeTakeFirst();
    if (!person || (ctx.reach === 'own' && !(await isReportOf(ctx, personId)))) throw notFound('person');
    const rows = (await accountsOf(ctx, personId)).map((row) => ({
      id: row.id,
      appId: row.app_id,
      app: row.app,
      writer: row.writer,
      signIn: row.sign_in,
      deepLink: row.deep_link,
      userName: row.user_name,
      address: row.address,
      status: row.status,
      isAdmin: row.is_admin,
      lastActivityAt: row.last_activity_at,
      asOf: row.observed_at,
      source: row.source,
      label: row.label,
      grants: row.grants,
    }));
    return { rows, total: rows.length, nextOffset: null };
  },
});

const matchOneAccount = route({
  id: 'matchAccount',
  method: 'post',
  path: '/accounts/{accountId}/match',
  access: 'accounts:manage',
  summary: 'Says whose account it is; without a person the suggestion is confirmed',
  params: accountParams,
  body: z.object({ personId: z.uuid().optional() }),
  output: changed,
  handle: async (ctx, { params, body }) => {
    await matchAccount(ctx, params.accountId, body.personId);
    return done;
  },
});

const unmatchOneAccount = route({
  id: 'unmatchAccount',
  method: 'post',
  path: '/accounts/{accountId}/unmatch',
  access: 'accounts:manage',
  summary: 'Says that the account is not the person’s it is matched to or suggested for',
  params: accountParams,
  output: changed,
  handle: async (ctx, { params }) => {
    await unmatchAccount(ctx, params.accountId);
    return done;
  },
});

const markService = route({
  id: 'markServiceAccount',
  method: 'post',
  path: '/accounts/{accountId}/service',
  access: 'accounts:manage',
  summary: 'Says that the account is a program’s, and who answers for it',
  params: accountParams,
  body: z.object({ ownerPersonId: z.uuid() }),
  output: changed,
  handle: async (ctx, { params, body }) => {
    await markServiceAccount(ctx, params.accountId, body.ownerPersonId);
    return done;
  },
});

const unmarkService = route({
  id: 'unmarkServiceAccount',
  method: 'delete',
  path: '/accounts/{accountId}/service',
  access: 'accounts:manage',
  summary: 'Says that the account is a person’s after all',
  params: accountParams,
  output: changed,
  handle: async (ctx, { params }) => {
    await unmarkServiceAccount(ctx, params.accountId);
    return done;
  },
});

export const accountRoutes = {
  listAppAccounts,
  listAccounts,
  listPersonAccounts,
  matchAccount: matchOneAccount,
  unmatchAccount: unmatchOneAccount,
  markServiceAccount: markService,
  unmarkServiceAccount: unmarkService,
};
