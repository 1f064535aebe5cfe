import type { Due, PlaybookDefinition, PlaybookStep } from '../schedule/playbook-definition.ts';
import { momentWords } from '../schedule/step-instant.ts';
import { answersIn, isDestructive, neverWaits, reachesLeaverOrSharedPlace, waitsForOf } from '../schedule/step-rules.ts';
import { conditionWords } from './condition-rows.ts';
import { count, lengthWords, whoWords } from './playbook-words.ts';

/** A step in plain words, for a playbook that nobody runs yet. */
export type StepWords = {
  /** `3 working days before the first day, at 09:00` */
  when: string;
  /** `asked of facilities`, `due 2 working days later, at 17:00`, …: each a phrase of its own. */
  details: string[];
  /** What holds here whatever is edited. */
  rules: string[];
};

export function stepWords(step: PlaybookStep, definition: Pick<PlaybookDefinition, 'steps' | 'for'>): StepWords {
  const isAtOnce = step.at.anchor === 'confirmed' && Object.keys(step.at).length === 1;
  const titles = new Map(definition.steps.map(({ key, title }) => [key, title]));
  // That it waits for the answer its condition reads, the condition says.
  const read = answersIn(step.when);
  const waits = waitsForOf(step)
    .filter((key) => !read.includes(key) || step.waitsFor?.includes(key))
    .map((key) => `“${titles.get(key) ?? key}”`);
  return {
    when: isAtOnce ? 'as soon as it is confirmed' : momentWords(step.at),
    details: [
      doneWords(step),
      ...askingWords(step),
      ...(step.when === undefined ? [] : [`only if ${conditionWords(step.when, definition)}`]),
      ...(waits.length > 0 ? [`waits for ${waits.join(' and ')}`] : []),
    ],
    rules: definition.for === 'leaver' ? ruleWords(step) : [],
  };
}

/** What happens, and who does it. */
export function doneWords(step: PlaybookStep): string {
  switch (step.kind) {
    case 'task':
    case 'question':
    case 'approval':
      return `asked of ${whoWords(step.who)}`;
    case 'message':
      return `mail to ${whoWords(step.message.to)}`;
    case 'wait':
      return 'nothing is done; other steps wait for this moment';
    case 'revoke-access':
      return accessWords[step.access ?? 'suspend'];
    case 'grant-access':
      return 'Groundcrew gives what the access rules say, the sign-in system first, and reads it back';
    case 'check-readiness':
      return `Groundcrew looks whether everything is usable${step.tell ? ` and writes to ${step.tell.map(whoWords).join(' and ')}` : ' and writes to whoever can mend it'}`;
    case 'welcome':
      return step.about === 'first-morning' ? 'asks the new colleague whether they have everything' : 'sends the link to the welcome page';
    case 'hand-over-ownership':
      return typeof step.to === 'object'
        ? 'everything they own goes to whoever was named'
        : `everything they own falls to the deputy, else to the manager${step.provisional ? ', for now' : ''}`;
    case 'http-call':
      return `calls ${step.connection}: ${step.method} ${step.path}`;
  }
}

const accessWords = {
  count: 'Groundcrew reads every account afresh and closes nothing',
  suspend: 'Groundcrew suspends every account, the sign-in system first, and reads it back',
  'remove-licences': 'operations are asked to take the licences away',
  delete: 'each account is kept for its days, then somebody is asked',
} as const;

function askingWords(step: PlaybookStep): string[] {
  if (!('who' in step)) return [];
  const words: string[] = [];
  if (step.due !== undefined) words.push(`due ${dueWords(step.due)}`);
  if (step.remind?.length) words.push(`reminded ${step.remind.map(lengthWords).join(' and ')} before`);
  if (step.escalate) {
    const after =
      step.escalate.after === undefined || Temporal.Duration.from(step.escalate.after).blank ? '' : `${lengthWords(step.escalate.after)} `;
    words.push(`${after === '' ? 'at the due time' : `${after}after the due time`} it goes to ${whoWords(step.escalate.to)}`);
  }
  if (step.kind === 'task' && step.evidence) words.push('evidence is needed');
  if (step.kind === 'task' && step.readiness) words.push('without it they are not ready on the first morning');
  if (step.kind === 'question' && step.question.otherwise !== undefined) words.push(`without an answer: ${otherwiseWords(step.question)}`);
  return words;
}

function otherwiseWords({ otherwise, options }: Extract<PlaybookStep, { kind: 'question' }>['question']): string {
  if (typeof otherwise === 'boolean') return otherwise ? 'yes' : 'no';
  return `“${options?.find(({ value }) => value === otherwise)?.label ?? otherwise}”`;
}

/** `2 working days later, at 17:00`. */
export function dueWords(due: Due): string {
  if (typeof due === 'string') return Temporal.Duration.from(due).blank ? 'at once' : `${lengthWords(due)} later`;
  const days = due.days ?? due.workingDays ?? 0;
  const time = due.time === undefined ? '' : `, at ${due.time}`;
  if (days === 0) return `the same day${time}`;
  return `${count(days, due.workingDays === undefined ? 'day' : 'working day')} later${time}`;
}

function ruleWords(step: PlaybookStep): string[] {
  const rules: string[] = [];
  if (neverWaits(step))
    rules.push(
      'The cut-off waits for nobody: this happens at its moment whatever the other steps did, and cannot wait for a step or an answer.',
    );
  if (reachesLeaverOrSharedPlace(step))
    rules.push('Nothing of this reaches them, or a shared place, before they have been told, whatever its time says.');
  else if (step.onlyAfterTold) rules.push('It is held until they have been told.');
  if (isDestructive(step)) rules.push('What cannot be undone waits for an approval, and for nothing else.');
  return rules;
}
