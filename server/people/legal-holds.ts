import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { getPerson } from './get-person.ts';

/** A hold on a person: while it stands nothing of theirs is deleted or erased and no licence is taken. */
export type LegalHold = {
  id: string;
  reason: string;
  placedBy: string;
  placedAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
  liftedReason: string | null;
};

/** Nobody decides about what is kept of themselves, whatever role they hold; the answer is the same whether there is a hold or not. */
function refuseOwn(ctx: Context, personId: string): void {
  if (ctx.actor.personId !== null && ctx.actor.personId === personId)
    throw conflict('about_yourself', 'This is about you. Somebody else decides it. Nothing was changed.');
}

const reasonOf = (given: string): string => {
  const reason = given.trim();
  if (reason.length < 3)
    throw invalid('reason_missing', 'Say why, so that the history shows it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  return reason;
};

/** Places a hold on a person until somebody lifts it. Returns its id. */
export async function placeHold(ctx: Context, input: { personId: string; reason: string }): Promise<string> {
  refuseOwn(ctx, input.personId);
  const reason = reasonOf(input.reason);
  const person = await getPerson(ctx, input.personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased already. There is nothing left to hold.');
  if (await findHold(ctx, person.id))
    throw conflict('held_already', `There is a legal hold on ${person.name} already. Nothing was changed.`);
  // What is not known yet of an exit is not told by a hold either.
  const concealment = await ctx.db
    .selectFrom('people_concealments')
    .select('id')
    .where('person_id', '=', person.id)
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .executeTakeFirst();
  const row = await ctx.db
    .insertInto('people_legal_holds')
    .values({
      organization_id: ctx.organizationId,
      person_id: person.id,
      reason,
      placed_by: ctx.actor.name,
      placed_at: ctx.now.toString(),
      concealment_id: concealment?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'legal-hold.placed',
    subject: { kind: 'person', id: person.id, name: person.name },
    reason,
    people: [person.id],
    concealmentId: concealment?.id ?? null,
  });
  return row.id;
}

/** Lifts a hold. What it held back goes on at its next look. */
export async function liftHold(ctx: Context, input: { holdId: string; reason: string }): Promise<void> {
  const hold = await ctx.db.selectFrom('people_legal_holds').selectAll().where('id', '=', input.holdId).forUpdate().executeTakeFirst();
  if (!hold || hold.person_id === ctx.actor.personId) throw notFound('legal hold');
  const reason = reasonOf(input.reason);
  if (hold.lifted_at) throw conflict('lifted_already', `${hold.lifted_by ?? 'Somebody'} has lifted this already.`);
  await ctx.db
    .updateTable('people_legal_holds')
    .set({ lifted_by: ctx.actor.name, lifted_at: ctx.now.toString(), lifted_reason: reason })
    .where('id', '=', hold.id)
    .execute();
  const person = await getPerson(ctx, hold.person_id);
  await appendAudit(ctx, {
    action: 'legal-hold.lifted',
    subject: { kind: 'person', id: hold.person_id, name: person.name },
    before: { reason: hold.reason, placedBy: hold.placed_by, placedAt: hold.placed_at },
    reason,
    people: [hold.person_id],
    concealmentId: hold.concealment_id,
  });
}

/** The hold that stands on a person, or null. */
export async function findHold(ctx: Context, personId: string): Promise<LegalHold | null> {
  const [first] = (await listHolds(ctx, personId)).filter(({ liftedAt }) => liftedAt === null);
  return first ?? null;
}

/** Every hold there was on a person, the newest first. Nobody reads their own. */
export async function listHolds(ctx: Context, personId: string): Promise<LegalHold[]> {
  if (ctx.actor.personId === personId) return [];
  const rows = await ctx.db
    .selectFrom('people_legal_holds')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('placed_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    placedBy: row.placed_by,
    placedAt: row.placed_at,
    liftedBy: row.lifted_by,
    liftedAt: row.lifted_at,
    liftedReason: row.lifted_reason,
  }));
}
