import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { ErasureHindrance, ErasureKind } from '../platform/erasure.ts';
import { conflict } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { personChanged } from './events.ts';
import { getPerson } from './get-person.ts';
import { findHold } from './legal-holds.ts';
import { seeingAll } from './seeing-all.ts';
import { recordUsedAddresses } from './work-address/used-addresses.ts';

/** What is still open about a person, so that erasing them now would leave it to nobody. */
export async function listErasureHindrances(ctx: Context, personId: string, kinds: readonly ErasureKind[]): Promise<ErasureHindrance[]> {
  await getPerson(ctx, personId);
  const found: ErasureHindrance[] = [];
  const hold = await findHold(ctx, personId);
  if (hold) found.push({ isFinal: true, words: `A legal hold by ${hold.placedBy} stands on this person. Lift it first.` });
  for (const { hindrances } of kinds) found.push(...((await hindrances?.(ctx, personId)) ?? []));
  return found;
}

/**
 * Removes a person's data for good: names, addresses, number and title here, and whatever `kinds` know of them elsewhere. The row and its id
 * stay, so that what was done stays provable. Only for who has left, and while nothing of theirs is open (409 otherwise); `evenThough` passes
 * over what is not final. Returns how many rows each kind touched.
 */
export async function erasePerson(
  ctx: Context,
  personId: string,
  kinds: readonly ErasureKind[],
  { evenThough = false } = {},
): Promise<Record<string, number>> {
  const person = await getPerson(ctx, personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased already.');
  if (person.status !== 'left')
    throw conflict('has_not_left', `${person.name} has not left. Data is erased only of people who have. Nothing was changed.`);
  const open = (await listErasureHindrances(ctx, personId, kinds)).filter(({ isFinal }) => isFinal || !evenThough);
  if (open.length > 0) throw conflict('still_open', `${open.map(({ words }) => words).join(' ')} Nothing was erased.`);
  const touched: Record<string, number> = {};
  await seeingAll(ctx, async () => {
    const erased = { personId, memberId: person.member_id, names: namesOf(person) };
    for (const { namesFor } of kinds) erased.names = [...new Set([...erased.names, ...((await namesFor?.(ctx, erased)) ?? [])])];
    // What is erased is still not given to anybody else.
    const personal = person.personal_address?.toLowerCase();
    await recordUsedAddresses(
      ctx,
      erased.names.filter((name) => name.includes('@') && name.toLowerCase() !== personal),
    );
    for (const { kind, erase } of kinds) touched[kind] = (touched[kind] ?? 0) + (await erase(ctx, erased));
  });
  await ctx.db
    .updateTable('people_people')
    .set({
      member_id: null,
      given_name: 'Erased person',
      family_name: null,
      preferred_name: null,
      employee_number: null,
      title: null,
      cost_centre: null,
      country: null,
      work_address: null,
      personal_address: null,
      aliases: [],
      leave_from: null,
      leave_until: null,
      erased_at: ctx.now.toString(),
    })
    .where('id', '=', personId)
    .execute();
  await ctx.db.deleteFrom('people_moves').where('person_id', '=', personId).execute();
  await sql`update people_employments set left_reason = null where person_id = ${personId}`.execute(ctx.db);
  await appendAudit(ctx, { action: 'person.erased', subject: { kind: 'person', id: personId }, after: touched });
  await emit(ctx, personChanged, { personId });
  return touched;
}

type Named = {
  given_name: string;
  family_name: string | null;
  preferred_name: string | null;
  work_address: string | null;
  personal_address: string | null;
  aliases: string[];
};

/** What texts may call a person: whole names in both orders, and every address. A single name stands in too many texts to be replaced there. */
export function namesOf(person: Named): string[] {
  const firsts = [person.given_name, person.preferred_name].filter((name) => name !== null);
  const whole = firsts.flatMap((first) =>
    person.family_name ? [`${first} ${person.family_name}`, `${person.family_name}, ${first}`, `${person.family_name} ${first}`] : [],
  );
  return [
    ...new Set([...whole, person.work_address, person.personal_address, ...person.aliases].filter((name) => name !== null && name !== '')),
  ] as string[];
}
