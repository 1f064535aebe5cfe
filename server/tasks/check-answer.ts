import type { Context } from '../platform/context.ts';
import { invalid, type Refusal } from '../platform/errors.ts';
import { checkForm, type FormPart } from './form-answer.ts';

const missing = (message: string): Refusal =>
  invalid('answer_missing', 'This asks for an answer. Nothing was changed.', [{ field: 'answer', message }]);
const longest = 4_000;

type Asked = {
  kind: string;
  answer_kind: string | null;
  options: unknown;
  subject_person_id: string | null;
  never_person_id: string | null;
};

/**
 * Checks an answer against what was asked. `answer` is what is kept (a person by their id, a day as YYYY-MM-DD), `words` is how a page says it;
 * `personId` is who was named. Nothing is asked by a plain task: an answer there is left out.
 */
export async function checkAnswer(
  ctx: Context,
  task: Asked,
  given: string | null,
): Promise<{ answer: string | null; words: string | null; personId: string | null }> {
  if (task.kind === 'task' || !task.answer_kind) return { answer: null, words: null, personId: null };
  const answer = given?.trim() ?? '';
  switch (task.answer_kind) {
    case 'form':
      return checkForm(ctx, (task.options ?? []) as FormPart[], answer, (inside, part, value) =>
        checkAnswer(inside, { ...task, answer_kind: part.kind, options: part.options }, value),
      );
    case 'person':
      return namedPerson(ctx, task, answer);
    case 'date':
      return { answer: checkDay(answer), words: answer, personId: null };
    case 'text':
      if (!answer) throw missing('Write an answer.');
      if (answer.length > longest) throw missing(`Write at most ${longest.toLocaleString('en')} characters.`);
      return { answer, words: answer, personId: null };
    default: {
      const options = (task.options as { value: string; label: string }[] | null) ?? [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ];
      const chosen = options.find((option) => option.value === answer);
      if (!chosen) throw missing(`Choose one of: ${options.map((option) => option.label).join(', ')}.`);
      return { answer: chosen.value, words: chosen.label, personId: null };
    }
  }
}

function checkDay(text: string): string {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    throw missing(`"${text}" is no day. Choose one that exists.`);
  }
  throw missing('Choose a day.');
}

async function namedPerson(ctx: Context, task: Asked, id: string): Promise<{ answer: string; words: string; personId: string }> {
  if (!id) throw missing('Name a person.');
  const person = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? await ctx.db
        .selectFrom('people_roster')
        .select(['id', 'name', 'status', 'erased_at'])
        .where('id', '=', id.toLowerCase())
        .executeTakeFirst()
    : undefined;
  if (!person || person.erased_at) throw missing('Nobody here is this person. Choose somebody from the list.');
  if (person.id === task.subject_person_id || person.id === task.never_person_id)
    throw missing(`This is about ${person.name}. Name somebody else.`);
  if (person.status === 'left') throw missing(`${person.name} has left. Name somebody who is still here.`);
  return { answer: person.id, words: person.name, personId: person.id };
}
