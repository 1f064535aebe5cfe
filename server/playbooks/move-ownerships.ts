import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import type { Ownership, OwnershipKind } from '../platform/ownerships.ts';
import { ownershipKind } from './ownership-kinds.ts';
import { collectHandovers } from './start-leaving.ts';

type Run = { id: string; person_id: string; manager_person_id: string | null; concealment_id: string | null };

/**
 * Hands over what the leaver was responsible for. Provisional: to the chosen person, else the deputy, else the manager; what falls to nobody stays open
 * and is asked. For good: to `toPersonId`, and it counts as confirmed. Returns sentences of what moved and what stayed open.
 */
export async function moveOwnerships(
  ctx: Context,
  run: Run,
  input: { provisional: boolean; toPersonId: string | null },
): Promise<{ moved: number; open: number }> {
  const owned = await collectHandovers(ctx, { runId: run.id, personId: run.person_id, concealmentId: run.concealment_id });
  const handovers = await ctx.db
    .selectFrom('playbooks_handovers')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('status', 'in', ['open', 'moved'])
    .execute();
  let moved = 0;
  let open = 0;
  for (const handover of handovers) {
    const kind = ownershipKind(handover.object_kind);
    const deputy = owned.find((each) => each.kind === kind && each.objectId === handover.object_id)?.deputyPersonId ?? null;
    const to =
      input.toPersonId ??
      handover.to_person_id ??
      (await firstStillHere(ctx, run.person_id, [deputy, run.manager_person_id], handover.object_id));
    if (!to) {
      open += 1;
      continue;
    }
    if (!(await moveOne(ctx, kind, handover.object_id, to))) {
      open += 1;
      continue;
    }
    // Read back: it is with somebody else now, or (a deputy who would stand in for themselves) with nobody.
    const isReadBack = (await kind.holderOf(ctx, handover.object_id)) !== run.person_id;
    await ctx.db
      .updateTable('playbooks_handovers')
      .set({
        to_person_id: to,
        provisional: input.provisional && handover.chosen_at === null,
        moved_at: ctx.now.toString(),
        status: !isReadBack ? 'open' : input.provisional && handover.chosen_at === null ? 'moved' : 'confirmed',
      })
      .where('id', '=', handover.id)
      .execute();
    await appendAudit(ctx, {
      action: 'ownership.moved',
      subject: { kind: 'handover', id: handover.id, name: handover.label },
      before: { personId: run.person_id },
      after: { personId: to, provisional: input.provisional },
      people: [run.person_id, to],
      concealmentId: run.concealment_id,
    });
    moved += 1;
  }
  await passOnConcealed(
    ctx,
    run,
    owned.filter((each) => each.concealed),
  );
  return { moved, open };
}

/** What is about another leaving that is not told yet goes on without a line in this run, which others read. */
async function passOnConcealed(ctx: Context, run: Run, concealed: (Ownership & { kind: OwnershipKind })[]): Promise<void> {
  for (const { kind, objectId, deputyPersonId } of concealed) {
    const to = await firstStillHere(ctx, run.person_id, [deputyPersonId, run.manager_person_id], objectId);
    if (to) await moveOne(ctx, kind, objectId, to);
  }
}

// What cannot be moved stays open and is asked: the cut-off does not stop for it.
async function moveOne(ctx: Context, kind: OwnershipKind, objectId: string, to: string): Promise<boolean> {
  try {
    if ((await kind.holderOf(ctx, objectId)) !== to) await kind.moveTo(ctx, objectId, to);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function firstStillHere(ctx: Context, leaver: string, candidates: (string | null)[], objectId: string): Promise<string | null> {
  const ids = candidates.filter((id): id is string => Boolean(id) && id !== leaver && id !== objectId);
  if (ids.length === 0) return null;
  const rows = await ctx.db.selectFrom('people_roster').select('id').where('id', 'in', ids).where('status', '!=', 'left').execute();
  return ids.find((id) => rows.some((row) => row.id === id)) ?? null;
}
