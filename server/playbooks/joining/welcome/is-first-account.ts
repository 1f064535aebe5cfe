import type { Context } from '../../../platform/context.ts';
import { sql } from '../../../platform/database.ts';
import type { JoiningRun } from '../../run-row.ts';

/**
 * Whether an account is new to its person by this hire: Groundcrew made it where there was none, or reopened it for somebody who was here before.
 * Only then may an invitation set its password: an account that was there has an owner who knows one.
 */
export async function isFirstAccount(ctx: Context, run: JoiningRun, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select from access_actions a join access_plans p on p.organization_id = a.organization_id and p.id = a.plan_id
    where a.person_id = ${run.person_id} and a.account_id = ${accountId} and a.direction = 'give' and a.status = 'verified' and a.before is not null
      and p.created_at >= ${run.confirmed_at}
      and (a.kind = 'create-account' and a.before->>'status' is null or a.kind in ('create-account', 'restore')
        and exists (select from people_employments e where e.organization_id = a.organization_id and e.person_id = a.person_id and not e.current))
    limit 1`.execute(ctx.db);
  return rows.length > 0;
}
