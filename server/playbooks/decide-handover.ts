import { getPerson, refuseOwnExit } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { ownershipKind } from './ownership-kinds.ts';
import { getRun, leavingOf } from './run-row.ts';

async function getHandover(ctx: Context, handoverId: string) {
  const handover = await ctx.db.selectFrom('playbooks_handovers').selectAll().where('id', '=', handoverId).forUpdate().executeTakeFirst();
  if (!handover) throw notFound('hand-over');
  const run = leavingOf(await getRun(ctx, handover.run_id));
  refuseOwnExit(ctx, run);
  return { handover, run };
}

/** Chooses who takes something over. Before the cut-off it is noted and happens then; afterwards it happens at once and counts as confirmed. */
export async function chooseHeir(ctx: Context, input: { handoverId: string; personId: string }): Promise<void> {
  const { handover, run } = await getHandover(ctx, input.handoverId);
  const heir = await getPerson(ctx, input.personId);
  if (heir.id === run.person_id || heir.status === 'left') {
    throw invalid('bad_heir', `${heir.name} cannot take this over.`, [
      { field: 'personId', message: 'Choose somebody who is still here afterwards.' },
    ]);
  }
  if (handover.object_kind === 'report' && handover.object_id === heir.id)
    throw invalid('own_manager', 'Nobody manages themselves.', [{ field: 'personId', message: 'Choose somebody else.' }]);
  const now = ctx.now.toString();
  const hasClosed = Temporal.Instant.compare(run.cut_off_at, ctx.now) <= 0;
  if (hasClosed) await ownershipKind(handover.object_kind).moveTo(ctx, handover.object_id, heir.id);
  await ctx.db
    .updateTable('playbooks_handovers')
    .set({
      to_person_id: heir.id,
      chosen_by: ctx.actor.name,
      chosen_at: now,
      provisional: false,
      ...(hasClosed ? { moved_at: now, status: 'confirmed' } : {}),
    })
    .where('id', '=', handover.id)
    .execute();
  await appendAudit(ctx, {
    action: 'ownership.decided',
    subject: { kind: 'handover', id: handover.id, name: handover.label },
    after: { personId: heir.id, name: heir.name },
    people: [run.person_id, heir.id],
    concealmentId: run.concealment_id,
  });
}

/** Confirms that what fell provisionally stays where it fell. */
export async function confirmHandover(ctx: Context, handoverId: string): Promise<void> {
  const { handover, run } = await getHandover(ctx, handoverId);
  if (handover.status !== 'moved' || !handover.to_person_id)
    throw conflict('nothing_to_confirm', 'This has not fallen to anybody yet. Choose who takes it over.');
  await ctx.db
    .updateTable('playbooks_handovers')
    .set({ status: 'confirmed', provisional: false, chosen_by: ctx.actor.name, chosen_at: ctx.now.toString() })
    .where('id', '=', handover.id)
    .execute();
  await appendAudit(ctx, {
    action: 'ownership.confirmed',
    subject: { kind: 'handover', id: handover.id, name: handover.label },
    after: { personId: handover.to_person_id },
    people: [run.person_id, handover.to_person_id],
    concealmentId: run.concealment_id,
  });
}

/** Settles an ownership line without an heir, with a reason that the proof shows. */
export async function overrideHandover(ctx: Context, handoverId: string, reason: string): Promise<void> {
  const { handover, run } = await getHandover(ctx, handoverId);
  if (reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why, so that the proof can show it.', [{ field: 'reason', message: 'Write a sentence.' }]);
  await ctx.db
    .updateTable('playbooks_handovers')
    .set({ status: 'overridden', decided_reason: reason.trim(), chosen_by: ctx.actor.name, chosen_at: ctx.now.toString() })
    .where('id', '=', handover.id)
    .execute();
  await appendAudit(ctx, {
    action: 'ownership.overridden',
    subject: { kind: 'handover', id: handover.id, name: handover.label },
    before: { status: handover.status },
    reason: reason.trim(),
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
}
