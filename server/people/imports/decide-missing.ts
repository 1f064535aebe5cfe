import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, invalid, type Problem } from '../../platform/errors.ts';
import { emit } from '../../platform/events.ts';
import { concealLeaving } from '../conceal-leaving.ts';
import { leavingDateGiven } from '../events.ts';
import { getPerson } from '../get-person.ts';
import { endOfDay, setLeavingDates } from '../leaving-dates.ts';
import { getImportRow } from './get-import.ts';

export type MissingDecision = { personId: string; decision: 'left' | 'stays'; on?: string | undefined };

/**
 * Says of people whom a complete list does not have any more, or whom it calls left without a date, that they left or that they stay. Who left
 * has their last working day set: as given for them, else as the list says, else as given for all, else the day before the list was given, in their zone.
 * All are decided, or none.
 */
export async function decideMissing(
  ctx: Context,
  importId: string,
  input: { decisions: MissingDecision[]; all?: 'left' | 'stays' | undefined; on?: string | undefined },
): Promise<{ left: number; stay: number }> {
  const list = await getImportRow(ctx, importId, { lock: true });
  if (list.status !== 'done') throw conflict('import_not_done', 'Take the list in first. Then say who has left.');
  const { rows: open } = await sql<{ person_id: string; day: string | null }>`
    select person_id, record->>'day' as day from people_import_rows where import_id = ${importId} and decision is null and person_id is not null
      and (change = 'missing' or question = 'says-left') and person_id is distinct from ${ctx.actor.personId} order by row_number`.execute(
    ctx.db,
  );
  const named = new Map(input.decisions.map((each) => [each.personId, each]));
  if (input.all)
    for (const { person_id: personId } of open) if (!named.has(personId)) named.set(personId, { personId, decision: input.all });
  const dayOf = new Map(open.map(({ person_id: personId, day }) => [personId, day]));
  const known = new Set(open.map(({ person_id: personId }) => personId));
  const problems: Problem[] = [];
  const result = { left: 0, stay: 0 };
  for (const each of named.values()) {
    if (!known.has(each.personId)) {
      problems.push({
        field: 'decisions',
        value: each.personId,
        message: 'This person is not asked about here, or has been decided already.',
      });
    } else if (each.decision === 'stays') result.stay += 1;
    else {
      const problem = await letLeave(ctx, list.created_at, each.personId, each.on ?? dayOf.get(each.personId) ?? input.on, list.file_name);
      if (problem) problems.push(problem);
      else result.left += 1;
    }
  }
  if (problems.length > 0)
    throw invalid('cannot_decide', `${problems.map(({ message }) => message).join(' ')} Nobody was changed.`, problems);
  await sql`
    update people_import_rows r set decision = d.decision from jsonb_to_recordset(${JSON.stringify([...named.values()])}::jsonb) as d("personId" uuid, decision text)
    where r.import_id = ${importId} and r.person_id = d."personId"`.execute(ctx.db);
  await appendAudit(ctx, {
    action: 'people.missing-decided',
    subject: { kind: 'import', id: importId, name: list.file_name },
    after: { left: [...named.values()].filter(({ decision }) => decision === 'left').map(({ personId }) => personId), stay: result.stay },
  });
  return result;
}

async function letLeave(
  ctx: Context,
  listedAt: string,
  personId: string,
  on: string | undefined,
  fileName: string,
): Promise<Problem | null> {
  const person = await getPerson(ctx, personId);
  if (person.dates_by === 'exit' && person.left_at)
    return { field: 'decisions', value: personId, message: `${person.name} has a confirmed exit. Move it there.` };
  const day = on ?? Temporal.Instant.from(listedAt).toZonedDateTimeISO(person.time_zone).toPlainDate().subtract({ days: 1 }).toString();
  if (person.start_date && day < person.start_date) {
    return {
      field: 'decisions',
      value: personId,
      message: `${person.name} started on ${person.start_date}, after ${day}. Say on which day they left.`,
    };
  }
  const leftAt = endOfDay(day, person.time_zone);
  const isLater = Temporal.Instant.compare(leftAt, ctx.now) > 0;
  const concealmentId = isLater
    ? await concealLeaving(ctx, { personId, toldAt: leftAt.toString(), sensitive: false, namedMemberIds: [] })
    : null;
  const dates = { lastWorkingDay: day, cutOffLocal: null, cutOffZone: null, reason: `Not on the list ${fileName} any more` };
  await setLeavingDates(ctx, personId, dates, { by: 'import', concealmentId });
  if (isLater) await emit(ctx, leavingDateGiven, { personId });
  return null;
}
