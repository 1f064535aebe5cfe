import type { Context } from '../platform/context.ts';
import { endStep } from './end-step.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';

/**
 * Calls that a process had begun and never finished. Convergent and keyed ones are made again; whether an unrepeatable one
 * arrived nobody can know, so a person is asked.
 */
export async function settleUncertainCalls(ctx: Context): Promise<void> {
  const rows = await ctx.db
    .selectFrom('playbooks_steps as s')
    .innerJoin('playbooks_runs as r', 'r.id', 's.run_id')
    .select(['s.id', 's.title', 's.definition', 's.run_id', 'r.person_id', 'r.concealment_id'])
    .where('s.kind', '=', 'http-call')
    .where('s.status', '=', 'working')
    .where('s.lease_until', '<=', ctx.now.toString())
    .forUpdate('s')
    .skipLocked()
    .execute();
  for (const row of rows) {
    const step = row.definition as Extract<PlaybookStep, { kind: 'http-call' }>;
    const effect = step.effect ?? (step.method === 'GET' ? 'convergent' : 'unrepeatable');
    if (effect === 'unrepeatable') {
      const run = { id: row.run_id, person_id: row.person_id, concealment_id: row.concealment_id };
      await endStep(ctx, run, row, {
        status: 'unknown',
        words: 'Groundcrew was stopped while it called. Whether it happened cannot be known. Look there, then decide.',
      });
    } else {
      await ctx.db
        .updateTable('playbooks_steps')
        .set({ status: 'planned', lease_until: null, next_at: ctx.now.toString() })
        .where('id', '=', row.id)
        .execute();
    }
  }
}
