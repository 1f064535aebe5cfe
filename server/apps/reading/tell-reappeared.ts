import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { emit } from '../../platform/events.ts';
import { accountReappeared } from '../events.ts';
import type { Active } from './write-batch.ts';

/** Tells of accounts of people who have left that are active though they were not. `readBefore`: a first reading re-appears nothing. */
export async function tellReappeared(ctx: Context, active: Active[], readBefore: boolean): Promise<void> {
  const ids = active.filter(({ was }) => was !== null || readBefore).map(({ accountId }) => accountId);
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string; name: string | null; person_id: string }>`
    select a.id, coalesce(a.user_name, a.address, a.external_id) as name, a.person_id from apps_accounts a
    join people_employments e on e.organization_id = a.organization_id and e.person_id = a.person_id and e.current
    where a.id = any (${ids}::uuid[]) and a.kind = 'person' and e.left_at <= ${ctx.now.toString()}`.execute(ctx.db);
  for (const { id, name, person_id: personId } of rows) {
    await appendAudit(ctx, { action: 'account.reappeared', subject: { kind: 'account', id, name }, people: [personId] });
    await emit(ctx, accountReappeared, { accountId: id, personId });
  }
}
