import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { ToldField } from './told-fields.ts';

/**
 * What a person writes into the people list holds against what the sources told until then: they are not set back by a source that repeats itself. The difference
 * is shown, and what a source tells anew counts again.
 */
export async function keepByHand(ctx: Context, kept: { personId: string; fields: ToldField[] }[]): Promise<void> {
  const rows = kept.flatMap(({ personId, fields }) => fields.map((field) => ({ person: personId, field })));
  if (rows.length === 0) return;
  await sql`
    insert into people_field_choices (organization_id, person_id, field, told, chosen_by, chosen_at)
    select ${ctx.organizationId}, r.person, r.field, jsonb_object_agg(t.source_id, t.told->>r.field), ${ctx.actor.name}, ${ctx.now.toString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person uuid, field text)
    join people_told t on t.person_id = r.person and t.told ? r.field
    group by r.person, r.field
    on conflict (organization_id, person_id, field) do update set told = excluded.told, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`.execute(
    ctx.db,
  );
}
