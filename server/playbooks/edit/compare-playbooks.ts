import { isDeepStrictEqual } from 'node:util';
import type { PlaybookDefinition, PlaybookStep } from '../schedule/playbook-definition.ts';
import { conditionWords } from './condition-rows.ts';
import { kindLabels, whoWords } from './playbook-words.ts';
import { dueWords, stepWords } from './step-words.ts';

/** What is different in one step; `words` has a sentence for each difference. */
export type StepChange = { key: string; title: string; change: 'added' | 'removed' | 'changed'; words: string[] };

/** What is different in a playbook. `words`: "2 steps changed, 1 added."; empty when nothing is. */
export type PlaybookChanges = { words: string; whole: string[]; steps: StepChange[] };

/** What a new definition changes against an old one. Steps are recognised by their key. Pure. */
export function comparePlaybooks(before: PlaybookDefinition, after: PlaybookDefinition): PlaybookChanges {
  const old = new Map(before.steps.map((step) => [step.key, step]));
  const kept = new Set(after.steps.map((step) => step.key));
  const steps: StepChange[] = [];
  for (const step of after.steps) {
    const was = old.get(step.key);
    if (!was) steps.push({ key: step.key, title: step.title, change: 'added', words: [addedWords(step, after)] });
    else if (!isDeepStrictEqual(was, step))
      steps.push({ key: step.key, title: step.title, change: 'changed', words: differences(was, step, before, after) });
  }
  for (const step of before.steps) if (!kept.has(step.key)) steps.push({ key: step.key, title: step.title, change: 'removed', words: [] });
  const whole: string[] = [];
  if (before.name !== after.name) whole.push(`It is called “${after.name}”, no longer “${before.name}”.`);
  if (before.description !== after.description) whole.push('Its description is another.');
  const order = (definition: PlaybookDefinition, keys: ReadonlyMap<string, unknown> | ReadonlySet<string>) =>
    definition.steps.map(({ key }) => key).filter((key) => keys.has(key));
  if (!isDeepStrictEqual(order(before, kept), order(after, old))) whole.push('The steps stand in another order.');
  return { words: countWords(steps, whole), whole, steps };
}

function countWords(steps: readonly StepChange[], whole: readonly string[]): string {
  const parts = (['changed', 'added', 'removed'] as const)
    .map((change) => ({ change, number: steps.filter((step) => step.change === change).length }))
    .filter(({ number }) => number > 0)
    .map(({ change, number }, index) => `${number}${index === 0 ? ` step${number === 1 ? '' : 's'}` : ''} ${change}`);
  if (parts.length > 0) return `${parts.join(', ')}.`;
  return whole[0] ?? '';
}

const addedWords = (step: PlaybookStep, definition: PlaybookDefinition) => {
  const { when, details } = stepWords(step, definition);
  return `${capital(when)}: ${details.join(', ')}.`;
};

function differences(was: PlaybookStep, is: PlaybookStep, before: PlaybookDefinition, after: PlaybookDefinition): string[] {
  const words: string[] = [];
  const [old, next] = [was as Record<string, unknown>, is as Record<string, unknown>];
  const differs = (field: string) => !isDeepStrictEqual(old[field], next[field]);
  if (differs('title')) words.push(`It is called “${is.title}”, no longer “${was.title}”.`);
  if (differs('kind')) words.push(`${kindLabels[is.kind]}, no longer: ${lower(kindLabels[was.kind])}.`);
  if (differs('at')) words.push(`It begins ${stepWords(is, after).when}; it was ${stepWords(was, before).when}.`);
  if (differs('who') && 'who' in is) words.push(`Asked of ${whoWords(is.who)}${'who' in was ? `; it was ${whoWords(was.who)}` : ''}.`);
  if (differs('due') && 'who' in is) words.push(is.due === undefined ? 'It has no due time any more.' : `Due ${dueWords(is.due)}.`);
  if (differs('when')) words.push(is.when === undefined ? 'It is done in every case.' : `Only if ${conditionWords(is.when, after)}.`);
  if (differs('waitsFor')) words.push(waitWords(is, after));
  const told = new Set(['title', 'kind', 'at', 'who', 'due', 'when', 'waitsFor']);
  for (const field of new Set([...Object.keys(old), ...Object.keys(next)]))
    if (!told.has(field) && differs(field)) words.push(`${fieldLabels[field] ?? capital(field)} ${endings[field] ?? 'is another'}.`);
  return words;
}

function waitWords(step: PlaybookStep, { steps }: PlaybookDefinition): string {
  const titles = (step.waitsFor ?? []).map((key) => `“${steps.find((each) => each.key === key)?.title ?? key}”`);
  return titles.length === 0 ? 'It is named to wait for no step.' : `It waits for ${titles.join(' and ')}.`;
}

const fieldLabels: Readonly<Record<string, string>> = {
  remind: 'When it reminds',
  escalate: 'Whom it goes to without an answer',
  instructions: 'What is said to whoever does it',
  evidence: 'Whether evidence is needed',
  readiness: 'What of the first morning hangs on it',
  question: 'The question and its answers',
  message: 'The mail',
  access: 'What happens to access',
  accounts: 'The order of the accounts',
  to: 'Whom it goes to',
  provisional: 'Whether it is only for now',
  onlyAfterTold: 'Whether it is held until they have been told',
  tell: 'Whom it writes to',
  about: 'What the invitation is about',
  connection: 'The connection',
  method: 'The method of the call',
  path: 'The path of the call',
  body: 'What the call sends',
  effect: 'What a repeated call does',
};
const endings: Readonly<Record<string, string>> = {
  remind: 'has changed',
  evidence: 'has changed',
  provisional: 'has changed',
  tell: 'has changed',
  onlyAfterTold: 'has changed',
};

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const lower = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
