import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

/** One run with the name of its person and the text of its playbook's version. `lock`: nobody else changes the run until the transaction ends. */
export async function getRun(ctx: Context, runId: string, options: { lock?: boolean } = {}) {
  const run = await ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('playbooks_versions as v', 'v.id', 'r.version_id')
    .innerJoin('playbooks_playbooks as p', 'p.id', 'v.playbook_id')
    .innerJoin('people_roster as who', 'who.id', 'r.person_id')
    .selectAll('r')
    .select([
      'v.yaml',
      'v.version',
      'p.name as playbook',
      'who.name as person',
      'who.place',
      'who.employee_number as employee_number',
      'who.title as person_title',
      'who.department as person_department',
      'who.given_name as given_name',
    ])
    .where('r.id', '=', runId)
    .$if(options.lock ?? false, (query) => query.forUpdate('r'))
    .executeTakeFirst();
  if (!run) throw notFound('run');
  return run;
}

export type RunRow = Awaited<ReturnType<typeof getRun>>;

/** The run of somebody who leaves: it has a cut-off and an instant at which the leaver knows. */
export type LeavingRun = RunRow & { cut_off_at: string; told_at: string };
/** The run of somebody who joins: it has a first day and a first morning. */
export type JoiningRun = RunRow & { start_on: string; starts_at: string };

export const isLeaving = (run: RunRow): run is LeavingRun => run.moment === 'leaver';

/** The run as one of somebody who leaves, or refused. */
export function leavingOf(run: RunRow): LeavingRun {
  if (!isLeaving(run)) throw notFound('exit');
  return run;
}

/** The run as one of somebody who joins, or refused. */
export function joiningOf(run: RunRow): JoiningRun {
  if (isLeaving(run)) throw notFound('hire');
  return run as JoiningRun;
}
