import { ownerMembers } from '../../identity/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { queueMail } from '../../platform/mail.ts';

/** A line opened again after the fact (an account that re-appeared): the proof is open again, its signatures are void, and the lead is told. */
export async function reopenProof(ctx: Context, planId: string, actionId: string): Promise<void> {
  const run = await ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('people_roster as who', 'who.id', 'r.person_id')
    .select(['r.id', 'r.person_id', 'r.concealment_id', 'r.confirmed_by', 'who.name as person'])
    .where('r.plan_id', '=', planId)
    .executeTakeFirst();
  if (!run) return;
  const action = await ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .select(['p.name as app', 'a.read_at'])
    .where('a.id', '=', actionId)
    .executeTakeFirstOrThrow();
  const reason = `${action.app} showed the account as active again.`;
  const now = ctx.now.toString();
  const proof = await ctx.db
    .updateTable('playbooks_proofs')
    .set({ status: 'open', reopened_at: now, reopened_reason: reason, closed_at: null })
    .where('run_id', '=', run.id)
    .returning('id')
    .executeTakeFirstOrThrow();
  await ctx.db
    .updateTable('playbooks_proof_signatures')
    .set({ void_at: now, void_reason: reason })
    .where('proof_id', '=', proof.id)
    .where('section', '=', 'access')
    .where('void_at', 'is', null)
    .execute();
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ status: 'running', ended_at: null })
    .where('id', '=', run.id)
    .where('status', '=', 'done')
    .execute();
  await appendAudit(ctx, {
    action: 'proof.reopened',
    subject: { kind: 'run', id: run.id, name: run.person },
    reason,
    people: [run.person_id],
    concealmentId: run.concealment_id,
  });
  for (const member of await ownerMembers(ctx)) {
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: member.address,
      subject: `${action.app} lets ${run.person} in again`,
      body: `Hello ${member.name},\n\n${run.person} has left, and ${action.app} had been closed. A fresh read shows the account active again. Groundcrew tries to close it once more; the proof of exit is open until a read shows it closed.\n\n${ctx.platform.config.publicUrl}/runs/${run.id}\n`,
      dedupeKey: `reopened ${actionId} ${action.read_at} ${member.id}`,
      concealmentId: run.concealment_id,
    });
  }
}
