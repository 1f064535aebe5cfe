import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind, namesPattern } from '../platform/erasure.ts';

/** The lists that hold the person: their rows go, and the files of lists that hold anybody like them. What the lists did stays in their counts. */
export const importErasure = erasureKind({
  kind: 'imports',
  erase: async (ctx, person) => {
    const pattern = namesPattern(person.names);
    const rows = await sql`
      delete from people_import_rows where person_id = ${person.personId} or address ~* ${pattern} or name ~* ${pattern} or record::text ~* ${pattern}
        or problems::text ~* ${pattern} or question_words ~* ${pattern}`.execute(ctx.db);
    const files =
      await sql`update people_imports set file = null, options = options - 'columns' where file is not null or options::text ~* ${pattern}`.execute(
        ctx.db,
      );
    await sql`delete from people_told where person_id = ${person.personId} or told->>'manager' = ${person.personId}`.execute(ctx.db);
    await sql`delete from people_field_choices where person_id = ${person.personId}`.execute(ctx.db);
    const named =
      (await eraseNames(ctx, person, 'people_imports', {
        text: ['file_name', 'problem', 'member_name'],
        lists: ['notes', 'held_reasons'],
        json: ['options'],
      })) +
      (await eraseNames(ctx, person, 'people_moves', { text: ['made_by'] })) +
      (await eraseNames(ctx, person, 'people_departments', { text: ['name'] })) +
      (await eraseNames(ctx, person, 'people_field_choices', { text: ['chosen_by'] })) +
      (await eraseNames(ctx, person, 'people_employments', { text: ['left_reason'] })) +
      (await eraseNames(ctx, person, 'people_legal_holds', { text: ['reason', 'placed_by', 'lifted_by', 'lifted_reason'] }));
    return Number(rows.numAffectedRows ?? 0) + Number(files.numAffectedRows ?? 0) + named;
  },
});
