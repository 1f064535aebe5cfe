import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { chooseAssignee, findSecrecy } from './choose-assignee.ts';
import type { FormPart } from './form-answer.ts';
import { tellWhenDone } from './tell-assignee.ts';

/** How a question is answered: `person` by naming somebody of the roster, `date` by a day (YYYY-MM-DD), `choice` by one of the options. */
export type AnswerKind = 'yes-no' | 'choice' | 'person' | 'text' | 'date';

/**
 * What somebody is asked. `candidates` in order of preference; `never` is passed over whatever they own. `about` is what waits for it.
 * Without an `answerKind` an approval is answered by yes or no, a question by its options, or else in words.
 */
export type NewTask = {
  kind: 'task' | 'question' | 'approval';
  title: string;
  instructions: string;
  linkUrl?: string | null;
  aboutKind: string;
  aboutId: string | null;
  subjectPersonId?: string | null;
  candidates: (string | null | undefined)[];
  never?: string | null;
  dueAt: string | null;
  /** When the assignee is reminded while it is open, in any order. */
  remindAt?: string[];
  escalateAt?: string | null;
  fallback?: string | null;
  options?: { value: string; label: string }[] | null;
  answerKind?: AnswerKind | null;
  /** A question in several parts, answered at once. */
  form?: FormPart[] | null;
  evidenceRequired?: boolean;
  bundle?: string | null;
  concealmentId?: string | null;
};

/** Opens a task and tells its assignee by mail, with a link that needs no password. Returns the task's id. */
export async function openTask(ctx: Context, input: NewTask): Promise<string> {
  const reminders = (input.remindAt ?? []).toSorted(byInstant);
  const secrecy = await findSecrecy(ctx, input.concealmentId ?? null);
  const who = await chooseAssignee(ctx, { ...input, secrecy });
  const never = input.never ?? secrecy?.personId ?? null;
  const task = await ctx.db
    .insertInto('tasks_tasks')
    .values({
      organization_id: ctx.organizationId,
      kind: input.kind,
      title: input.title,
      instructions: input.instructions,
      link_url: input.linkUrl ?? null,
      about_kind: input.aboutKind,
      about_id: input.aboutId,
      subject_person_id: input.subjectPersonId ?? null,
      bundle: input.bundle ?? null,
      options: input.form ? JSON.stringify(input.form) : input.options ? JSON.stringify(input.options) : null,
      answer_kind: answerKindOf(input),
      evidence_required: input.evidenceRequired ?? false,
      assignee_person_id: who.personId,
      assignee_member_id: who.memberId,
      deputy_person_id: who.deputyPersonId,
      never_person_id: never,
      due_at: input.dueAt,
      remind_at: reminders[0] ?? null,
      later_reminders: reminders.slice(1),
      escalate_at: input.escalateAt ?? null,
      fallback: input.fallback ?? null,
      concealment_id: input.concealmentId ?? null,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'task.opened',
    subject: { kind: 'task', id: task.id, name: input.title },
    after: { assignee: who.personId ?? who.memberId, dueAt: input.dueAt },
    people: [who.personId, input.subjectPersonId].filter((id): id is string => Boolean(id)),
    concealmentId: input.concealmentId ?? null,
  });
  tellWhenDone(ctx, task.id);
  return task.id;
}

const byInstant = (a: string, b: string) => Temporal.Instant.compare(a, b);

function answerKindOf(input: NewTask): AnswerKind | 'form' | null {
  if (input.form) return 'form';
  if (input.answerKind) return input.answerKind;
  if (input.kind === 'task') return null;
  if (input.options?.length) return 'choice';
  return input.kind === 'approval' ? 'yes-no' : 'text';
}
