import type { Context } from '../platform/context.ts';
import type { Place } from '../platform/zoned-words.ts';
import { evidenceOf, isWebAddress } from './attach-evidence.ts';
import { type FormAnswer, type FormPart, readForm } from './form-answer.ts';
import { homePlace, placesOf } from './places.ts';

type Named = { id: string; name: string };

/** A task as a page shows it. Instants are ISO 8601 in UTC; `place` is where it is told on the clock of, `assignee.mine` says that it is the reader's. */
export type TaskDetail = {
  id: string;
  kind: string;
  title: string;
  instructions: string;
  linkUrl: string | null;
  status: string;
  subject: Named | null;
  place: Place;
  assignee: { name: string; personId: string | null; mine: boolean } | null;
  deputy: Named | null;
  askedBefore: string[];
  dueAt: string | null;
  escalateAt: string | null;
  escalatedAt: string | null;
  fallback: string | null;
  answerKind: string | null;
  options: { value: string; label: string }[];
  form: FormPart[];
  evidenceRequired: boolean;
  evidence: EvidenceLine[];
  answer: string | null;
  answerWords: string | null;
  note: string | null;
  createdAt: string;
  doneAt: string | null;
  doneBy: string | null;
  aboutKind: string;
  aboutId: string | null;
  aboutMe: boolean;
};

/** A piece of evidence without its bytes; `sha256` in hexadecimal. */
export type EvidenceLine = {
  id: string;
  fileName: string | null;
  sha256: string | null;
  url: string | null;
  note: string | null;
  attachedBy: string;
  attachedAt: string;
};

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** These tasks as the reader may see them, in the order of `ids`; ids that the reader may not see are left out. */
export async function describeTasks(ctx: Context, ids: string[]): Promise<TaskDetail[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('tasks_tasks as t')
    .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
    .selectAll('t')
    .select('m.name as member_name')
    .where('t.id', 'in', ids)
    .execute();
  const answered = rows.flatMap((row) => [
    ...(row.answer_kind === 'person' && row.answer ? [row.answer] : []),
    ...(row.answer_kind === 'form' ? peopleIn(row) : []),
  ]);
  const personIds = [
    ...new Set(
      rows
        .flatMap((row) => [row.subject_person_id, row.assignee_person_id, row.deputy_person_id, ...row.asked_person_ids])
        .concat(answered),
    ),
  ].filter((id): id is string => Boolean(id));
  const names = new Map(
    personIds.length === 0
      ? []
      : (await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', 'in', personIds).execute()).map((row) => [
          row.id,
          row.name,
        ]),
  );
  const [places, home, evidence] = [await placesOf(ctx, personIds), await homePlace(ctx), await evidenceOf(ctx, ids)];
  const named = (id: string | null): Named | null => (id && names.has(id) ? { id, name: names.get(id)! } : null);
  const details = rows.map((row): TaskDetail => {
    const form = row.answer_kind === 'form' ? ((row.options ?? []) as FormPart[]) : [];
    const given = row.answer_kind === 'form' ? [] : ((row.options as { value: string; label: string }[] | null) ?? []);
    const options = given.length === 0 && row.answer_kind === 'yes-no' ? yesNo : given;
    const answerName =
      row.answer_kind === 'form' && row.answer
        ? formWords(form, JSON.parse(row.answer) as FormAnswer, names)
        : row.answer_kind === 'person'
          ? (named(row.answer)?.name ?? null)
          : (options.find((option) => option.value === row.answer)?.label ?? row.answer);
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      instructions: row.instructions,
      linkUrl: row.link_url && isWebAddress(row.link_url) ? row.link_url : null,
      status: row.status,
      subject: named(row.subject_person_id),
      place: places.get(row.subject_person_id ?? '') ?? places.get(row.assignee_person_id ?? '') ?? home,
      assignee: assigneeOf(ctx, row, names),
      deputy: named(row.deputy_person_id),
      askedBefore: row.asked_person_ids.map((id) => names.get(id)).filter((name) => name !== undefined),
      dueAt: row.due_at,
      escalateAt: row.escalate_at,
      escalatedAt: row.escalated_at,
      fallback: row.fallback,
      answerKind: row.answer_kind,
      options,
      form,
      evidenceRequired: row.evidence_required,
      evidence: evidence.filter((line) => line.task_id === row.id).map(evidenceLine),
      answer: row.answer,
      answerWords: row.answer === null ? null : answerName,
      note: row.note,
      createdAt: row.created_at,
      doneAt: row.done_at,
      doneBy: row.done_by,
      aboutKind: row.about_kind,
      aboutId: row.about_id,
      aboutMe: row.never_person_id !== null && row.never_person_id === ctx.actor.personId,
    };
  });
  return ids.map((id) => details.find((detail) => detail.id === id)).filter((detail) => detail !== undefined);
}

type Answered = { options: unknown; answer: string | null };

function peopleIn(row: Answered): string[] {
  const parts = (row.options ?? []) as FormPart[];
  const given = readForm(row.answer ?? '');
  const ids = parts.flatMap((part) => (part.kind === 'person' ? [given[part.key], part.otherwise?.value] : []));
  return ids.filter((id): id is string => Boolean(id));
}

/** Each part that was answered, in words. */
function formWords(parts: FormPart[], answer: FormAnswer, names: Map<string, string>): string {
  return parts
    .filter((part) => answer[part.key] !== undefined)
    .map((part) => {
      const value = answer[part.key] ?? null;
      if (value === null) return `${part.label}: ${part.otherwise?.words ?? 'nothing'}`;
      const words = part.kind === 'person' ? names.get(value) : part.options.find((option) => option.value === value)?.label;
      return `${part.label}: ${words ?? value}`;
    })
    .join('; ');
}

/** How a page says the answer of a task: the option's label, the person's name, the words themselves. Null while there is none. */
export async function answerWords(ctx: Context, taskId: string): Promise<string | null> {
  const [task] = await describeTasks(ctx, [taskId]);
  return task?.answerWords ?? null;
}

type Assigned = {
  assignee_person_id: string | null;
  assignee_member_id: string | null;
  asked_person_ids: string[];
  member_name: string | null;
};

function assigneeOf(ctx: Context, row: Assigned, names: Map<string, string>): TaskDetail['assignee'] {
  const { personId, memberId } = ctx.actor;
  const mine =
    (personId !== null && (row.assignee_person_id === personId || row.asked_person_ids.includes(personId))) ||
    (memberId !== null && row.assignee_member_id === memberId);
  const name = row.assignee_person_id ? names.get(row.assignee_person_id) : row.member_name;
  return name ? { name, personId: row.assignee_person_id, mine } : null;
}

const evidenceLine = (row: Awaited<ReturnType<typeof evidenceOf>>[number]): EvidenceLine => ({
  id: row.id,
  fileName: row.file_name,
  sha256: row.sha256 ? row.sha256.toString('hex') : null,
  url: row.url,
  note: row.note,
  attachedBy: row.attached_by,
  attachedAt: row.attached_at,
});
