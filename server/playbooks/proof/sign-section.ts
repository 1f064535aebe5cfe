import { refuseOwnExit } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { emit } from '../../platform/events.ts';
import { proofClosed } from '../events.ts';
import { getRun, leavingOf } from '../run-row.ts';
import { wakeRun } from '../settle-step.ts';
import { hashLines, proofSections } from './assemble-proof.ts';
import type { SectionKey } from './proof-document.ts';
import { findSigningObstacles, proofStatus } from './proof-lines.ts';

/**
 * Signs one section of a proof as it is known now. Refused while a line is open; unknown lines must be accepted by name. A line that changes
 * afterwards takes the signature's effect away. The proof closes when every section is signed.
 */
export async function signSection(
  ctx: Context,
  input: { runId: string; section: SectionKey; acceptedUnknownLines: string[]; keyFingerprint: string },
): Promise<{ status: 'open' | 'closed' }> {
  const run = leavingOf(await getRun(ctx, input.runId, { lock: true }));
  refuseOwnExit(ctx, run);
  if (Temporal.Instant.compare(run.cut_off_at, ctx.now) > 0)
    throw conflict('not_yet_closed', 'Access has not closed yet. There is nothing to sign before the cut-off.');
  const section = (await proofSections(ctx, run)).find((each) => each.key === input.section);
  if (!section) throw conflict('no_such_section', 'This proof has no such section: nothing of that kind was there. Nothing was changed.');
  if (section.signature) throw conflict('already_signed', `${section.signature.signedBy.name} has signed this section already.`);
  const obstacles = findSigningObstacles(section, input.acceptedUnknownLines);
  if (obstacles) {
    const subject = (id: string) => section.lines.find((line) => line.id === id)?.subject ?? id;
    throw invalid('lines_are_open', 'This section cannot be signed yet.', [
      ...obstacles.openLines.map((id) => ({
        field: 'lines',
        value: id,
        message: `${subject(id)} is open. Close it, or decide otherwise with a reason.`,
      })),
      ...obstacles.unknownLines.map((id) => ({
        field: 'acceptedUnknownLines',
        value: id,
        message: `${subject(id)} is unknown. Accept that by name, or find out.`,
      })),
    ]);
  }
  const proof = await ctx.db.selectFrom('playbooks_proofs').select('id').where('run_id', '=', run.id).executeTakeFirstOrThrow();
  const linesHash = hashLines(section.lines);
  await ctx.db
    .insertInto('playbooks_proof_signatures')
    .values({
      organization_id: ctx.organizationId,
      proof_id: proof.id,
      section: input.section,
      signed_by: ctx.actor.name,
      signed_by_member_id: ctx.actor.memberId,
      signed_at: ctx.now.toString(),
      lines_hash: linesHash,
      key_fingerprint: input.keyFingerprint,
      concealment_id: run.concealment_id,
    })
    .execute();
  await appendAudit(ctx, {
    action: 'proof.section-signed',
    subject: { kind: 'run', id: run.id, name: run.person },
    after: {
      section: input.section,
      lines: section.lines.length,
      linesHash: linesHash.toString('hex'),
      acceptedUnknownLines: input.acceptedUnknownLines,
    },
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  const status = proofStatus(await proofSections(ctx, run));
  if (status === 'closed') {
    await ctx.db
      .updateTable('playbooks_proofs')
      .set({ status: 'closed', closed_at: ctx.now.toString() })
      .where('run_id', '=', run.id)
      .execute();
    await appendAudit(ctx, {
      action: 'proof.closed',
      subject: { kind: 'run', id: run.id, name: run.person },
      people: [run.person_id],
      concealmentId: run.concealment_id,
    });
    await emit(ctx, proofClosed, { runId: run.id });
    await wakeRun(ctx, run.id);
  }
  return { status };
}
