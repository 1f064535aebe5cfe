import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { openTask } from '../../tasks/index.ts';
import type { ClaimedAction } from '../claim-due-actions.ts';

const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDate().toString();

const daysToAnswer = 14;

/** What of a plan may be asked about now: kept long enough, not approved, not asked yet. */
const toAsk = (ctx: Context, planId: string) =>
  ctx.db
    .selectFrom('access_actions as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .leftJoin('apps_accounts as c', 'c.id', 'a.account_id')
    .select(['a.id', 'p.name as app', 'a.due_at', 'a.task_id', 'c.user_name', 'c.address', 'c.external_id'])
    .where('a.plan_id', '=', planId)
    .where('a.kind', '=', 'delete-account')
    .where('a.approved_at', 'is', null)
    .where('a.task_id', 'is', null)
    .where('a.due_at', '<=', ctx.now.toString())
    .where('a.status', 'not in', ['verified', 'evidenced', 'overridden', 'withdrawn'])
    .orderBy('p.name')
    .execute();

/** Asks whoever answers for the organization whether accounts may be deleted, once for all of a leaver that are due, naming each. Never the leaver. */
export async function askForDeletion(ctx: Context, action: ClaimedAction): Promise<void> {
  await ctx.db.selectFrom('access_plans').select('id').where('id', '=', action.planId).forUpdate().executeTakeFirstOrThrow();
  const due = await toAsk(ctx, action.planId);
  if (due.length === 0) return;
  const lines = due.map(
    (each) => `- ${each.app}: ${each.user_name ?? each.address ?? each.external_id ?? 'the account'}, kept until ${dayOf(each.due_at)}`,
  );
  const taskId = await openTask(ctx, {
    kind: 'approval',
    title: `Delete ${due.length === 1 ? 'an account' : `${due.length} accounts`} of ${action.person}?`,
    instructions: `Yes deletes exactly these, with what is in them, and cannot be undone in every app:\n\n${lines.join('\n')}\n\nNo keeps them. Say no where the law, a running case or a customer needs the data, or place a legal hold on the person.`,
    options: [
      { value: 'yes', label: 'Yes, delete them' },
      { value: 'no', label: 'No, keep them' },
    ],
    aboutKind: 'deletion',
    aboutId: action.planId,
    subjectPersonId: action.personId,
    candidates: [],
    never: action.personId,
    dueAt: ctx.now.add({ hours: 24 * daysToAnswer }).toString(),
    remindAt: [ctx.now.add({ hours: 24 * (daysToAnswer - 5) }).toString()],
    fallback: 'Nothing is deleted without an answer.',
    concealmentId: action.concealmentId,
  });
  await ctx.db
    .updateTable('access_actions')
    .set({ task_id: taskId, status: 'asked', next_at: null, lease_until: null })
    .where(
      'id',
      'in',
      due.map((each) => each.id),
    )
    .execute();
}

/** Takes the answer: yes lets exactly what was listed be deleted, no keeps it for good. Reaction to `task.done`. */
export async function decideDeletion(ctx: Context, taskId: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).executeTakeFirst();
  if (!task) return;
  const by = task.done_by ?? 'somebody';
  const isApproved = task.answer === 'yes';
  const now = ctx.now.toString();
  const decided = await ctx.db
    .updateTable('access_actions')
    .set(
      isApproved
        ? { status: 'planned', approved_by: by, approved_at: now, task_id: null, next_at: now, problem: `${by} approved it.` }
        : { status: 'overridden', decided_by: by, decided_at: now, decided_reason: task.note ?? 'It is kept.', next_at: null },
    )
    .where('task_id', '=', taskId)
    .where('kind', '=', 'delete-account')
    .where('status', '=', 'asked')
    .returning(['id', 'person_id', 'concealment_id', 'account_id'])
    .execute();
  const [first] = decided;
  if (!first) return;
  await appendAudit(ctx, {
    action: isApproved ? 'deletion.approved' : 'deletion.refused',
    subject: { kind: 'plan', id: task.about_id },
    after: { by, accounts: decided.map((each) => each.account_id) },
    reason: task.note,
    people: first.person_id ? [first.person_id] : [],
    concealmentId: first.concealment_id,
  });
  ctx.afterCommit(() => ctx.platform.wake());
}

/** The question was ended without an answer: nothing is deleted, and a person may ask again by trying the line again. Reaction to `task.withdrawn`. */
export async function unaskDeletion(ctx: Context, taskId: string): Promise<void> {
  await ctx.db
    .updateTable('access_actions')
    .set({ status: 'unknown', task_id: null, problem: 'Nobody is asked whether it may be deleted any more. It is kept.' })
    .where('task_id', '=', taskId)
    .where('kind', '=', 'delete-account')
    .where('status', '=', 'asked')
    .execute();
}
