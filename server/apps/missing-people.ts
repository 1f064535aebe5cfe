import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** Somebody about whom a people list asks. `says`: the list lacks them, or calls them left without a date. */
export type MissingPerson = { personId: string; importId: string; fileName: string; says: 'missing' | 'left' };

export type MissingPeople = { people: Map<string, MissingPerson>; completeList: { importId: string; fileName: string; at: string } | null };

/**
 * People of whom a list that was taken in makes one ask whether they have left, and about whom nobody has decided: whom the newest complete list
 * lacks (and no later list holds), and whom the newest list calls left. Whose leaving is hidden from the reader is not among them.
 */
export async function findMissingPeople(ctx: Context): Promise<MissingPeople> {
  const { rows: lists } = await sql<{ id: string; file_name: string; at: string; complete: boolean }>`
    select id, file_name, coalesce(finished_at, created_at) as at, coalesce((options->>'declaredComplete')::boolean, false) as complete from people_imports
    where status = 'done' order by coalesce(finished_at, created_at) desc, id desc`.execute(ctx.db);
  const complete = lists.find((list) => list.complete) ?? null;
  const newest = lists[0] ?? null;
  const { rows } = await sql<MissingPerson>`
    select m.person_id as "personId", m.import_id as "importId", i.file_name as "fileName", case when m.change = 'missing' then 'missing' else 'left' end as says
    from people_import_rows m join people_imports i on i.organization_id = m.organization_id and i.id = m.import_id
    where m.person_id is not null and m.decision is null
      and ((m.import_id = ${complete?.id ?? null} and m.change = 'missing') or (m.import_id = ${newest?.id ?? null} and m.question = 'says-left'))
      and not exists (select from people_import_rows later join people_imports l on l.organization_id = later.organization_id and l.id = later.import_id
        where later.organization_id = m.organization_id and later.person_id = m.person_id and later.change in ('new', 'changed', 'unchanged') and l.status = 'done'
          and later.question is distinct from 'says-left' and (coalesce(l.finished_at, l.created_at), l.id) > (coalesce(i.finished_at, i.created_at), i.id))`.execute(
    ctx.db,
  );
  return {
    people: new Map(rows.map((row) => [row.personId, row])),
    completeList: complete && { importId: complete.id, fileName: complete.file_name, at: complete.at },
  };
}
