import { listActions, listAttempts } from '../access/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { describeData } from './data/describe-data.ts';
import { proofSections } from './proof/assemble-proof.ts';
import { proofStatus } from './proof/proof-lines.ts';
import { getRun, leavingOf } from './run-row.ts';

/** The runs a reader may see, newest cut-off first. For a manager only those of their reports. */
export async function listRuns(
  ctx: Context,
  filter: { status: 'open' | 'over' | 'all'; personId?: string; limit: number; offset: number },
) {
  let query = ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('people_roster as who', 'who.id', 'r.person_id')
    .leftJoin('playbooks_proofs as p', 'p.run_id', 'r.id')
    .where('r.moment', '=', 'leaver');
  if (filter.status === 'open')
    query = query.where((e) =>
      e.or([
        e('r.status', 'in', ['running', 'paused']),
        e.and([e('p.status', '=', 'open'), e('r.status', 'not in', ['cancelled', 'rescinded'])]),
      ]),
    );
  if (filter.status === 'over') query = query.where('r.status', 'in', ['done', 'cancelled', 'rescinded']);
  if (filter.personId) query = query.where('r.person_id', '=', filter.personId);
  if (ctx.reach === 'own') query = query.where('who.manager_id', '=', ctx.actor.personId);
  const { total } = await query.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await query
    .select([
      'r.id',
      'r.person_id',
      'who.name as person',
      'who.title',
      'who.department',
      'who.place',
      'r.status',
      'r.zone',
      'r.cut_off_local',
      'r.last_working_day',
      'r.sensitive',
      'r.attempted_at',
      'r.confirmed_by',
      'r.confirmed_at',
      'r.ended_at',
      'p.status as proof_status',
      'p.reopened_at',
    ])
    .select((e) => [e.ref('r.cut_off_at').$notNull().as('cut_off_at'), e.ref('r.told_at').$notNull().as('told_at')])
    .select(
      sql<{ settled: number; open: number; wrong: number; asked: number; total: number }>`(
        select jsonb_build_object('total', count(*), 'settled', count(*) filter (where a.status in ('verified', 'evidenced', 'overridden')),
          'wrong', count(*) filter (where a.status = 'did-not-obey'), 'asked', count(*) filter (where a.status = 'asked'),
          'open', count(*) filter (where a.status not in ('verified', 'evidenced', 'overridden')))
        from access_actions a where a.plan_id = r.plan_id and a.status <> 'withdrawn')`.as('lines'),
    )
    .orderBy('r.cut_off_at', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return { rows, total: Number(total) };
}

/** One run with its steps in time, its actions with their history, and what is handed over. */
export async function getRunDetail(ctx: Context, runId: string) {
  const run = leavingOf(await getRun(ctx, runId));
  if (ctx.reach === 'own') await refuseForeign(ctx, run.person_id);
  const steps = await ctx.db
    .selectFrom('playbooks_steps as s')
    .leftJoin('tasks_tasks as t', 't.id', 's.task_id')
    .leftJoin('people_roster as who', 'who.id', 't.assignee_person_id')
    .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
    .select([
      's.id',
      's.key',
      's.kind',
      's.title',
      's.status',
      's.due_at',
      's.due_note',
      's.started_at',
      's.done_at',
      's.words',
      's.decided_by',
      's.decided_reason',
      's.task_id',
      't.due_at as task_due_at',
      't.status as task_status',
    ])
    .select((e) => e.fn.coalesce('who.name', 'm.name').as('waits_for'))
    .where('s.run_id', '=', runId)
    .orderBy('s.due_at')
    .orderBy('s.position')
    .execute();
  const actions = run.plan_id ? await listActions(ctx, [run.plan_id]) : [];
  const attempts = await listAttempts(
    ctx,
    actions.map((action) => action.id),
  );
  const handovers = await ctx.db
    .selectFrom('playbooks_handovers as h')
    .leftJoin('people_roster as heir', 'heir.id', 'h.to_person_id')
    .select([
      'h.id',
      'h.object_kind',
      'h.label',
      'h.status',
      'h.to_person_id',
      'heir.name as heir',
      'h.provisional',
      'h.moved_at',
      'h.chosen_by',
      'h.decided_reason',
    ])
    .where('h.run_id', '=', runId)
    .orderBy('h.label')
    .execute();
  const sections = await proofSections(ctx, run);
  return {
    run,
    steps,
    actions,
    attempts,
    handovers,
    sections,
    proofStatus: proofStatus(sections),
    restore: await listGivenBack(ctx, run),
    data: await describeData(ctx, run),
  };
}

// The plan that gives everything back was made in the moment the exit was called off.
async function listGivenBack(ctx: Context, run: { person_id: string; ended_at: string | null; status: string }) {
  if (run.status !== 'rescinded' || run.ended_at === null) return [];
  const plans = await ctx.db
    .selectFrom('access_plans')
    .select('id')
    .where('person_id', '=', run.person_id)
    .where('purpose', '=', 'restore')
    .where('created_at', '=', run.ended_at)
    .execute();
  return listActions(
    ctx,
    plans.map((plan) => plan.id),
  );
}

async function refuseForeign(ctx: Context, personId: string): Promise<void> {
  const mine = await ctx.db
    .selectFrom('people_roster')
    .select('id')
    .where('id', '=', personId)
    .where('manager_id', '=', ctx.actor.personId)
    .executeTakeFirst();
  if (!mine) throw notFound('run');
}
