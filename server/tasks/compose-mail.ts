import { cutText } from '../platform/tabular/index.ts';
import { type Place, zonedWords } from '../platform/zoned-words.ts';

export type TellReason = 'new' | 'reminder' | 'escalated';

/** One task as a mail tells of it. `subject` is whom it concerns. */
export type ToldTask = { title: string; instructions: string; dueAt: string | null; fallback: string | null; subject: string | null };

/** How many tasks one mail lists. */
export const shown = 30;
const number = (count: number) =>
  ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'][count] ?? String(count);

/** Subject and text of one mail about all these tasks. Times are on the reader's own clock, with the place. */
export function composeMail(input: {
  why: TellReason;
  name: string;
  /** The first of them, at most `shown`. */
  tasks: ToldTask[];
  /** How many there are in all. */
  total: number;
  place: Place;
  now: Temporal.Instant;
  address: string;
  /** The link opens the tasks by itself, for this many days; null: the reader signs in. */
  linkDays: number | null;
}): { subject: string; body: string } {
  const { why, tasks, total, place, now } = input;
  const due = (task: ToldTask) => (task.dueAt ? `Due ${zonedWords(Temporal.Instant.from(task.dueAt), place, now)}.` : null);
  const opening = { new: '', reminder: 'Reminder: ', escalated: 'Overdue: ' }[why];
  const paragraphs = tasks.length === 1 ? single(tasks[0]!, due) : several(tasks, total, why, due);
  const end =
    input.linkDays === null
      ? `${tasks.length === 1 ? 'Open your task' : 'Open your tasks'} (you sign in first): ${input.address}`
      : `${tasks.length === 1 ? 'Open your task' : 'Open your tasks'}: ${input.address}\nNothing happens until you press a button there. The link is yours alone and works for ${input.linkDays} days.`;
  return {
    subject: cutText(`${opening}${titleOf(tasks, total)}`.replaceAll(/\s+/g, ' '), 200),
    body: `${[`Hello ${input.name},`, ...(why === 'escalated' ? [escalatedWords(tasks)] : []), ...paragraphs, end].join('\n\n')}\n`,
  };
}

const escalatedWords = (tasks: ToldTask[]) =>
  tasks.length === 1
    ? 'This was not done by the one who was asked first. Now it is with you.'
    : 'These were not done by those who were asked first. Now they are with you.';

function titleOf(tasks: ToldTask[], total: number): string {
  if (tasks.length === 1) return tasks[0]!.title;
  const subjects = [...new Set(tasks.map((task) => task.subject))];
  return `${number(total)} tasks for you${subjects.length === 1 && total === tasks.length && subjects[0] ? ` about ${subjects[0]}` : ''}`;
}

function single(task: ToldTask, due: (task: ToldTask) => string | null): string[] {
  return [task.title, task.instructions === task.title ? null : task.instructions, due(task), task.fallback].filter(
    (part) => part !== null && part !== '',
  ) as string[];
}

function several(tasks: ToldTask[], total: number, why: TellReason, due: (task: ToldTask) => string | null): string[] {
  const first = `${number(total)} tasks wait for you${why === 'reminder' ? ' still' : ''}.`;
  const lines = tasks.map((task, index) => [`${index + 1}. ${task.title}`, due(task), task.fallback].filter(Boolean).join('\n   '));
  const rest = total > tasks.length ? [`And ${total - tasks.length} more, which the link shows.`] : [];
  return [first, ...lines, ...rest];
}
