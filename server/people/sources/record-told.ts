import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { WorkedOut } from '../imports/work-out-import.ts';
import { type Told, toldBy } from './told-fields.ts';

/** Remembers what a whole reading of a source told of each person; of whom it does not tell any more it tells nothing. `idOfRow`: people who are new by it. */
export async function recordReading(
  ctx: Context,
  sourceId: string,
  worked: WorkedOut,
  idOfRow: ReadonlyMap<number, string>,
): Promise<void> {
  const { diff, records, managerOfRow } = worked;
  const personOf = new Map([...diff.changed, ...diff.unchanged].map(({ row, personId }) => [row, personId]));
  const rows = records.flatMap((record) => {
    const personId = personOf.get(record.row) ?? idOfRow.get(record.row);
    if (personId === undefined) return [];
    const manager = managerOfRow.get(record.row) ?? null;
    const managerId = manager === null ? null : 'personId' in manager ? manager.personId : (idOfRow.get(manager.row) ?? null);
    const told = toldBy(record, managerId);
    // A number that lost its zeros in a spreadsheet is the same number.
    const stands = worked.known.get(personId)?.employeeNumber;
    if (told.employeeNumber !== undefined && stands && bare(stands) === bare(told.employeeNumber)) told.employeeNumber = stands;
    return [{ person: personId, told }];
  });
  await sql`
    with r as materialized (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person uuid, told jsonb)),
      gone as (delete from people_told t where t.source_id = ${sourceId} and not exists (select from r where r.person = t.person_id))
    insert into people_told as t (organization_id, source_id, person_id, told, told_at)
    select ${ctx.organizationId}, ${sourceId}, person, told, ${ctx.now.toString()} from r
    on conflict (organization_id, source_id, person_id) do update set told = excluded.told, told_at = excluded.told_at where t.told <> excluded.told`.execute(
    ctx.db,
  );
}

const bare = (number: string): string => number.toLowerCase().replace(/^0+/, '');

/** Remembers what a source told of one person besides what it told before. */
export async function recordTold(ctx: Context, sourceId: string, personId: string, told: Told): Promise<void> {
  if (Object.keys(told).length === 0) return;
  await sql`
    insert into people_told as t (organization_id, source_id, person_id, told, told_at)
    values (${ctx.organizationId}, ${sourceId}, ${personId}, ${JSON.stringify(told)}::jsonb, ${ctx.now.toString()})
    on conflict (organization_id, source_id, person_id) do update set told = t.told || excluded.told, told_at = excluded.told_at`.execute(
    ctx.db,
  );
}
