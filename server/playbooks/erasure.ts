import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** The reasons and answers of a person's exits, and every step, handover and proof that names them. That there was an exit, and when, stays. */
export const exitErasure = erasureKind({
  kind: 'exits',
  erase: async (ctx, person) => {
    const runs = await sql`update playbooks_runs set reason = null, answers = '{}' where person_id = ${person.personId}`.execute(ctx.db);
    const named =
      (await eraseNames(ctx, person, 'playbooks_runs', { text: ['reason', 'confirmed_by', 'cut_off_note'], json: ['answers'] })) +
      (await eraseNames(ctx, person, 'playbooks_steps', {
        text: ['title', 'due_note', 'words', 'decided_by', 'decided_reason'],
        json: ['definition', 'result'],
      })) +
      (await eraseNames(ctx, person, 'playbooks_handovers', { text: ['label', 'chosen_by', 'decided_reason'] })) +
      (await eraseNames(ctx, person, 'playbooks_proofs', { text: ['reopened_reason'] })) +
      (await eraseNames(ctx, person, 'playbooks_proof_signatures', { text: ['signed_by', 'void_reason'] }));
    return Number(runs.numAffectedRows ?? 0) + named;
  },
});
