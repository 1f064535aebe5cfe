import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** The reasons and answers of a person's exits, and every step, handover and proof that names them. That there was an exit, and when, stays. */
export const exitErasure = erasureKind({
  kind: 'exits',
  hindrances: async (ctx, personId) => {
    const { rows } = await sql<{ proof: string | null; waiting: number }>`
      select pr.status as proof, (select count(*)::int from playbooks_steps s where s.run_id = r.id and s.status in ('planned', 'waiting', 'working', 'asks', 'failed', 'unknown')) as waiting
      from playbooks_runs r left join playbooks_proofs pr on pr.run_id = r.id
      where r.person_id = ${personId} and r.moment = 'leaver' and r.status in ('running', 'paused')`.execute(ctx.db);
    return rows.map(({ proof, waiting }) =>
      proof === 'closed'
        ? {
            isFinal: false,
            words: `${waiting === 1 ? 'One step' : `${waiting} steps`} of their exit still ${waiting === 1 ? 'waits' : 'wait'} (licences, deleting accounts); erased now, nobody reads there whose accounts are meant.`,
          }
        : {
            isFinal: true,
            words:
              'Their exit is still open: the proof is not signed. Close its lines, or decide otherwise with a reason, and sign it first.',
          },
    );
  },
  erase: async (ctx, person) => {
    const runs =
      await sql`update playbooks_runs set reason = null, answers = '{}', welcome = '{}', welcome_link_hash = null, readiness_before = null where person_id = ${person.personId}`.execute(
        ctx.db,
      );
    const named =
      (await eraseNames(ctx, person, 'playbooks_runs', { text: ['reason', 'confirmed_by', 'cut_off_note'], json: ['answers'] })) +
      (await eraseNames(ctx, person, 'playbooks_lost_days', { text: ['what', 'said_by', 'words'] })) +
      (await eraseNames(ctx, person, 'playbooks_milestones_reached', { text: ['confirmed_by'] })) +
      (await eraseNames(ctx, person, 'playbooks_versions', { text: ['made_by', 'note'] })) +
      (await eraseNames(ctx, person, 'playbooks_steps', {
        text: ['title', 'due_note', 'words', 'decided_by', 'decided_reason'],
        json: ['definition', 'result'],
      })) +
      (await eraseNames(ctx, person, 'playbooks_handovers', { text: ['label', 'chosen_by', 'decided_reason'] })) +
      (await eraseNames(ctx, person, 'playbooks_data_wishes', { text: ['text', 'because', 'decided_by'] })) +
      (await eraseNames(ctx, person, 'playbooks_proofs', { text: ['reopened_reason'] })) +
      (await eraseNames(ctx, person, 'playbooks_proof_signatures', { text: ['signed_by', 'void_reason'] }));
    return Number(runs.numAffectedRows ?? 0) + named;
  },
});
