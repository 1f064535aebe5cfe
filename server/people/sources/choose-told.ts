import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { getPerson } from '../get-person.ts';
import { keepByHand } from './keep-by-hand.ts';
import { endFields, fieldLabel, type Told, type ToldField } from './told-fields.ts';
import { writeTold } from './write-told.ts';

/**
 * Decides one field of one person: what a source tells goes into the people list, or (null) what stands there stays. It holds until a source tells something else.
 * Refuses (409) where nothing is told, where it was told something else than was seen, and about one's own leaving.
 */
export async function chooseTold(
  ctx: Context,
  choice: { personId: string; field: ToldField; sourceId: string | null; seen?: string | undefined },
): Promise<void> {
  const { personId, field, sourceId } = choice;
  const person = await getPerson(ctx, personId);
  if (personId === ctx.actor.personId && endFields.includes(field))
    throw conflict('own_exit', 'Somebody else has to decide when you leave. Nothing was changed.');
  const told = await ctx.db.selectFrom('people_told').select(['source_id', 'told']).where('person_id', '=', personId).forUpdate().execute();
  const tell = told.filter((row) => (row.told as Told)[field] !== undefined);
  const chosen = tell.find((row) => row.source_id === sourceId);
  if (tell.length === 0 || (sourceId !== null && !chosen))
    throw conflict('not_told_any_more', `Nothing of this is told about ${person.name} any more. Nothing was changed.`);
  const value = (chosen?.told as Told | undefined)?.[field];
  if (choice.seen !== undefined && value !== choice.seen)
    throw conflict('told_anew', 'Something else is told by now. Look at it again. Nothing was changed.');
  if (value !== undefined) await writeTold(ctx, person, field, value);
  await keepByHand(ctx, [{ personId, fields: [field] }]);
  await appendAudit(ctx, {
    action: 'person.difference-decided',
    subject: { kind: 'person', id: personId, name: person.name },
    after: { field: fieldLabel(field), taken: value ?? 'what stands' },
    people: [personId],
    concealmentId: endFields.includes(field) ? await openConcealment(ctx, personId) : null,
  });
}

async function openConcealment(ctx: Context, personId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('people_concealments')
    .select('id')
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .executeTakeFirst();
  return row?.id ?? null;
}
