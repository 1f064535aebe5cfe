import { personAccess } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { instantWords } from '../schedule/local-instant.ts';
import type { PlaybookStep } from '../schedule/playbook-definition.ts';
import { answersIn } from '../schedule/step-rules.ts';
import { type DesiredGrant, judgeGrant, judgeTask, type Readiness, type ReadinessLine, summarize } from './readiness.ts';

export type RunOfReadiness = { id: string; person_id: string; zone: string; place: string | null; starts_at: string; answers: unknown };

/** What the new colleague of a run needs, line by line, as it is known now, and the sum of it. */
export async function readReadiness(ctx: Context, run: RunOfReadiness): Promise<Readiness & { lines: ReadinessLine[] }> {
  const access = await personAccess(ctx, run.person_id);
  const opening = await openingOf(ctx, run);
  const open = await openWork(ctx, run.person_id);
  const owners = await ownersOf(ctx, [...new Set(access.rows.map((row) => row.appId))]);
  const wanted = access.rows.filter((row) => row.should === true && isWhole(row, access.rows));
  const grants = wanted.map(
    (row): DesiredGrant => ({
      appId: row.appId,
      app: row.app,
      writer: row.writer,
      entitlement: row.entitlement,
      kind: row.kind,
      is: row.is,
      asOf: row.asOf,
      words: row.words,
      others: access.rows
        .filter((other) => other.appId === row.appId && other.entitlement !== null && other.is === 'held' && other.should !== true)
        .map((other) => other.entitlement!),
      owner: owners.get(row.appId) ?? null,
      open: open.get(`${row.appId}/${row.entitlementId ?? ''}`) ?? null,
    }),
  );
  const lines = [...grants.map((grant) => judgeGrant(grant, opening)), ...(await taskLines(ctx, run))];
  const hasBegun = Temporal.Instant.compare(run.starts_at, ctx.now) <= 0;
  return { ...summarize(lines, hasBegun), lines };
}

// Where a role in an app is wanted, its line says more than that of the account alone.
const isWhole = (
  row: { appId: string; entitlement: string | null },
  rows: { appId: string; entitlement: string | null; should: boolean | null }[],
) => row.entitlement !== null || !rows.some((other) => other.appId === row.appId && other.entitlement !== null && other.should === true);

const wordsOf = (at: string, run: RunOfReadiness) => instantWords(Temporal.Instant.from(at), run.zone, { place: run.place ?? undefined });

async function openingOf(ctx: Context, run: RunOfReadiness): Promise<{ isOpen: boolean; words: string }> {
  const steps = await ctx.db
    .selectFrom('playbooks_steps')
    .select(['status', 'due_at'])
    .where('run_id', '=', run.id)
    .where('kind', '=', 'grant-access')
    .orderBy('due_at')
    .execute();
  if (steps.length === 0 || steps.some((step) => step.status !== 'planned')) return { isOpen: true, words: '' };
  const at = steps[0]!.due_at;
  if (!at) return { isOpen: false, words: 'Nobody knows yet when accounts are opened.' };
  return { isOpen: false, words: `Accounts are opened on ${wordsOf(at, run)}.` };
}

// What is being done about an account or a role, and in which words: whoever was asked, or what the app answered.
async function openWork(
  ctx: Context,
  personId: string,
): Promise<Map<string, { words: string; who: string | null; taskId: string | null }>> {
  const { rows } = await sql<{ key: string; status: string; problem: string | null; who: string | null; taskId: string | null }>`
    select a.app_id || '/' || coalesce(a.entitlement_id::text, '') as key, a.status, a.problem, coalesce(w.name, m.name) as who, t.id as "taskId"
    from access_actions a join access_plans p on p.id = a.plan_id left join tasks_tasks t on t.id = a.task_id and t.status = 'open'
      left join people_roster w on w.id = t.assignee_person_id left join identity_members m on m.id = t.assignee_member_id
    where a.person_id = ${personId} and p.purpose in ('gap', 'join', 'undo') and p.status <> 'withdrawn'
      and a.status in ('planned', 'attempting', 'reading', 'retrying', 'asked', 'did-not-obey', 'unknown')
    order by a.created_at`.execute(ctx.db);
  return new Map(
    rows.map(({ key, status, problem, who, taskId }) => {
      const asked = who ? `${who} is asked to do it by hand.` : 'Somebody has to do it by hand.';
      const waits = status === 'planned' ? 'It waits for its turn.' : 'It is under way.';
      return [key, { words: status === 'asked' ? [problem, asked].filter(Boolean).join(' ') : (problem ?? waits), who, taskId }];
    }),
  );
}

async function ownersOf(ctx: Context, appIds: string[]): Promise<Map<string, string>> {
  if (appIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select a.id, coalesce(o.name, d.name) as name from apps_apps a
      left join people_roster o on o.id = a.owner_person_id and o.status <> 'left' left join people_roster d on d.id = a.deputy_person_id and d.status <> 'left'
    where a.id = any (${appIds}::uuid[]) and coalesce(o.name, d.name) is not null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.name]));
}

async function taskLines(ctx: Context, run: RunOfReadiness): Promise<ReadinessLine[]> {
  const rows = await ctx.db
    .selectFrom('playbooks_steps as s')
    .leftJoin('tasks_tasks as t', 't.id', 's.task_id')
    .leftJoin('people_roster as who', 'who.id', 't.assignee_person_id')
    .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
    .select(['s.key', 's.title', 's.status', 's.due_at', 's.definition', 's.task_id', 't.due_at as task_due_at'])
    .select((e) => e.fn.coalesce('who.name', 'm.name').as('who'))
    .where('s.run_id', '=', run.id)
    .where('s.kind', 'in', ['task', 'question'])
    .orderBy('s.position')
    .execute();
  const answers = run.answers as Record<string, unknown>;
  return rows.flatMap((row) => {
    const step = row.definition as PlaybookStep;
    const kind = 'readiness' in step ? step.readiness : undefined;
    if (!kind) return [];
    const line = judgeTask(
      {
        key: row.key,
        title: (step.kind === 'task' ? step.thing : undefined) ?? row.title,
        kind,
        status: row.status,
        due: row.task_due_at ? { at: row.task_due_at, words: wordsOf(row.task_due_at, run) } : null,
        isUndecided: row.status === 'planned' && answersIn(step.when).some((key) => answers[key] === undefined),
        taskId: row.task_id,
        who: row.who,
      },
      ctx.now,
    );
    return line ? [line] : [];
  });
}
