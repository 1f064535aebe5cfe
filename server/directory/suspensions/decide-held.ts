import { getPerson } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { endHeldTask } from './ask-about-held.ts';
import { endSuspension } from './end-suspension.ts';
import { type Cause, takeEffect } from './suspend-person.ts';

/** What a brake holds is decided by the number of people that was seen: a click alone can be an accident. */
export type HeldDecision = { people: number; reason: string };

/** Lets take effect what a connection's brake held: each is suspended and asked about. Refuses (409) when it is not the number that was seen. */
export async function releaseHeld(ctx: Context, connectionId: string, { people, reason }: HeldDecision): Promise<void> {
  const { name, held } = await seen(ctx, connectionId, people);
  for (const suspension of held) {
    const person = await getPerson(ctx, suspension.person_id);
    // An exit that was confirmed meanwhile decides by itself.
    if (person.left_at !== null) {
      await endSuspension(ctx, suspension, 'An exit decides.');
      continue;
    }
    const isAway = person.status === 'away';
    await ctx.db
      .updateTable('directory_suspensions')
      .set({ status: isAway ? 'away' : 'open', released_at: ctx.now.toString(), released_by: ctx.actor.name, release_reason: reason })
      .where('id', '=', suspension.id)
      .execute();
    await appendAudit(ctx, {
      action: 'directory.person-suspended',
      subject: { kind: 'person', id: person.id, name: person.name },
      after: { cause: suspension.cause },
      reason,
      people: [person.id],
    });
    await takeEffect(ctx, name, suspension.id, person, suspension.cause as Cause, !isAway);
  }
  await endHeldTask(ctx, connectionId);
}

/** Lets go what a connection's brake held: nobody is touched. The connection keeps what it wrote. */
export async function letHeldGo(ctx: Context, connectionId: string, { people, reason }: HeldDecision): Promise<void> {
  const { held } = await seen(ctx, connectionId, people);
  for (const suspension of held) await endSuspension(ctx, suspension, reason, ctx.actor.name);
}

async function seen(ctx: Context, connectionId: string, people: number) {
  const connection = await ctx.db
    .selectFrom('directory_connections')
    .select('name')
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (!connection) throw notFound('connection');
  const held = await ctx.db
    .selectFrom('directory_suspensions')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'held')
    .orderBy('id')
    .forUpdate()
    .execute();
  if (held.length === 0) throw conflict('nothing_held', 'Nothing is held here any more. Nothing was changed.');
  if (held.length !== people)
    throw conflict('other_number', `${held.length} people are held now, not ${people}. Look at their names again. Nothing was changed.`);
  return { name: connection.name, held };
}
