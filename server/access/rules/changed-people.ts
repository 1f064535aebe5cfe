import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { factColumns, factJoins, factsHash } from './rule-facts.ts';

/**
 * People whose facts are not those with which rules were last evaluated for them; at most `most`. A change of one person changes facts of others: of the
 * managers whom somebody reports to or no longer does, and, with a manager's address, of all who report to them.
 */
export async function changedPeople(ctx: Context, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with facts as (select p.organization_id, p.id, ${factColumns} from people_people p ${factJoins} where p.erased_at is null)
    select f.id from facts f left join access_evaluated e on e.organization_id = f.organization_id and e.person_id = f.id
    where e.facts_hash is distinct from ${factsHash} limit ${most}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
