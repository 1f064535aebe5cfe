import { z } from 'zod';
import { sql } from '../../platform/database.ts';
import { route } from '../../platform/http/route.ts';
import { getReachableApp } from '../app-reach.ts';
import { appParams } from './shapes.ts';

const most = 500;

const listAppEntitlements = route({
  id: 'listAppEntitlements',
  method: 'get',
  path: '/apps/{appId}/entitlements',
  access: 'apps:read',
  summary: 'The roles, groups and licences that an app has shown, those that most accounts hold first (at most 500)',
  params: appParams,
  output: z.object({
    rows: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string(), holders: z.number() })),
    total: z.number(),
  }),
  handle: async (ctx, { params }) => {
    await getReachableApp(ctx, params.appId);
    const { rows } = await sql<{ id: string; kind: string; name: string; holders: number; total: number }>`
      select e.id, e.kind, e.name, count(a.id)::int as holders, count(*) over ()::int as total from apps_entitlements e
      left join apps_grants g on g.organization_id = e.organization_id and g.entitlement_id = e.id
      left join apps_accounts a on a.organization_id = g.organization_id and a.id = g.account_id and a.status is distinct from 'gone'
      where e.app_id = ${params.appId} group by e.id, e.kind, e.name order by holders desc, lower(e.name), e.kind limit ${most}`.execute(
      ctx.db,
    );
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  },
});

export const entitlementRoutes = { listAppEntitlements };
