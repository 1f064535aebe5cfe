import type { Context } from '../platform/context.ts';
import { invalid, Refusal } from '../platform/errors.ts';

/** One part of a question that is answered in several. `otherwise`: what an empty part means, told beside it; null: it has to be filled. */
export type FormPart = {
  key: string;
  label: string;
  kind: 'choice' | 'person' | 'text' | 'date';
  options: { value: string; label: string }[];
  /** Asked only while another part has one of these values. */
  only: { key: string; values: string[] } | null;
  otherwise: { value: string | null; words: string } | null;
  /** A sentence below the label. */
  words: string | null;
};

/** What was answered, part by part: a choice by its value, a person by their id, a day as YYYY-MM-DD; null where it was left empty. */
export type FormAnswer = Record<string, string | null>;

type Checked = { answer: string | null; words: string | null; personId: string | null };

/** Checks each part as a question of its own. Parts that are not asked for are left out; who was named counts as the person of the first that names one. */
export async function checkForm(
  ctx: Context,
  parts: FormPart[],
  given: string,
  checkPart: (ctx: Context, part: FormPart, answer: string) => Promise<Checked>,
): Promise<Checked> {
  const values = readForm(given);
  const answer: FormAnswer = {};
  const words: string[] = [];
  const problems: { field: string; message: string }[] = [];
  let personId: string | null = null;
  for (const part of parts) {
    if (!isAsked(part, answer)) continue;
    const value = values[part.key]?.trim() ?? '';
    if (value === '' && part.otherwise) {
      answer[part.key] = part.otherwise.value;
      words.push(`${part.label}: ${part.otherwise.words}`);
      continue;
    }
    try {
      const checked = await checkPart(ctx, part, value);
      answer[part.key] = checked.answer;
      personId ??= checked.personId;
      words.push(`${part.label}: ${checked.words ?? ''}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ field: `answer.${part.key}`, message: error.problems[0]?.message ?? error.message });
    }
  }
  if (problems.length > 0)
    throw invalid('answer_missing', 'One part of the answer is missing or cannot be. Nothing was changed.', problems);
  return { answer: JSON.stringify(answer), words: words.join('; '), personId };
}

const isAsked = (part: FormPart, answer: FormAnswer): boolean =>
  part.only === null || part.only.values.includes(answer[part.only.key] ?? '');

/** A kept answer, or what was sent, part by part; empty where it is none. */
export function readForm(given: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(given || '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
