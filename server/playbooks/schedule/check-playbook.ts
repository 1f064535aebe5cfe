import { inspectExpression } from '../../platform/expressions/index.ts';
import { unknownPlaceholders } from './fill-placeholders.ts';
import { anchorsOfMoment, type Moment, type PlaybookDefinition, type PlaybookMoment, type PlaybookStep } from './playbook-definition.ts';
import { playbookVariables } from './playbook-variables.ts';
import { answersIn, isDestructive, neverWaits, reachesLeaverOrSharedPlace, waitsForOf } from './step-rules.ts';

/** What is wrong at a place of the definition; the path counts list entries from 0. */
export type PlaybookProblem = { path: (string | number)[]; message: string };

/** The rules of a playbook that its shape alone does not hold. Pure; an empty list means that it may be saved. */
export function checkPlaybook(definition: PlaybookDefinition): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  const byKey = new Map<string, PlaybookStep>();
  for (const [index, step] of definition.steps.entries()) {
    if (byKey.has(step.key))
      problems.push({ path: ['steps', index, 'key'], message: `Two steps have the key '${step.key}'. Give one another key.` });
    byKey.set(step.key, step);
  }
  const variables = playbookVariables(definition);
  for (const [index, step] of definition.steps.entries()) {
    const say = (message: string, ...path: (string | number)[]) => problems.push({ path: ['steps', index, ...path], message });
    checkMoment(step.at, say);
    checkBelongs(step, definition.for, say);
    checkWaits(step, byKey, say);
    if (step.when !== undefined) {
      const outcome = inspectExpression(step.when, variables);
      if ('problem' in outcome) say(outcome.problem.message, 'when');
    }
    checkKind(step, byKey, say);
    if (step.onlyAfterTold === false && reachesLeaverOrSharedPlace(step)) {
      say('What reaches the leaver or a shared place always waits until the leaver was told. Leave this entry out.', 'onlyAfterTold');
    }
  }
  return [...problems, ...findCycles(definition.steps)];
}

type Say = (message: string, ...path: (string | number)[]) => void;

function checkMoment(at: Moment, say: Say): void {
  const isInstant = at.anchor === 'told' || at.anchor === 'cut-off' || at.anchor === 'confirmed' || at.anchor === 'first-morning';
  if (at.days !== undefined && at.workingDays !== undefined)
    say('A moment counts either days or workingDays. Leave one out.', 'at', 'workingDays');
  if (at.plus === undefined) return;
  if (!isInstant) say(`'${at.anchor}' is a date, so "plus" does not go with it. Use "days" and "time".`, 'at', 'plus');
  if (at.days !== undefined || at.workingDays !== undefined || at.time !== undefined) {
    say('"plus" is an exact length of time and does not go with days or time. Leave one out.', 'at', 'plus');
  }
}

const ofLeavers: readonly string[] = ['revoke-access', 'hand-over-ownership'];
const ofJoiners: readonly string[] = ['grant-access', 'check-readiness', 'welcome'];

/** What goes with leaving and what with joining: dates, kinds of step, and who the person themselves is called. */
function checkBelongs(step: PlaybookStep, moment: PlaybookMoment, say: Say): void {
  const possible = anchorsOfMoment[moment];
  const what = moment === 'leaver' ? 'a playbook for leavers' : `a playbook for ${moment}s`;
  if (!possible.includes(step.at.anchor))
    say(`${what} has no '${step.at.anchor}'. Possible here: ${possible.join(', ')}.`.replace(/^a/, 'A'), 'at', 'anchor');
  if ((moment === 'leaver' ? ofJoiners : ofLeavers).includes(step.kind))
    say(`A step of the kind '${step.kind}' does not belong into ${what}.`, 'kind');
  const strangers: string[] = moment === 'leaver' ? ['joiner', 'sponsor'] : ['leaver'];
  const mend = moment === 'leaver' ? 'Write leaver or manager.' : 'Write joiner.';
  const named: [unknown, (string | number)[]][] = [
    ['who' in step ? step.who : null, ['who']],
    ['escalate' in step ? step.escalate?.to : null, ['escalate', 'to']],
    [step.kind === 'message' ? step.message.to : null, ['message', 'to']],
  ];
  for (const [who, path] of named)
    if (typeof who === 'string' && strangers.includes(who)) say(`There is no '${who}' in ${what}. ${mend}`, ...path);
  if (moment !== 'leaver' && step.onlyAfterTold !== undefined)
    say('Only an exit is kept quiet until somebody is told. Leave this entry out.', 'onlyAfterTold');
}

function checkWaits(step: PlaybookStep, byKey: Map<string, PlaybookStep>, say: Say): void {
  for (const [place, key] of (step.waitsFor ?? []).entries()) {
    if (!byKey.has(key)) say(`There is no step with the key '${key}'.`, 'waitsFor', place);
    if (key === step.key) say('A step cannot wait for itself.', 'waitsFor', place);
  }
  if (!neverWaits(step)) return;
  const words = 'The cut-off never waits for anybody';
  if (step.waitsFor?.length)
    say(`${words}: closing access at the cut-off or later waits for no other step. Leave "waitsFor" out.`, 'waitsFor');
  if (answersIn(step.when).length) say(`${words}: its condition cannot depend on an answer.`, 'when');
  if (step.kind === 'hand-over-ownership' && typeof step.to === 'object') {
    say(`${words}: a provisional hand-over falls to deputy-or-manager. Follow an answer in a later step.`, 'to');
  }
}

function checkKind(step: PlaybookStep, byKey: Map<string, PlaybookStep>, say: Say): void {
  if (isDestructive(step) && !(step.waitsFor ?? []).every((key) => byKey.get(key)?.kind === 'approval' || byKey.get(key) === undefined)) {
    say('Deleting accounts or taking licences away waits for approvals and nothing else. Let the approval wait for the rest.', 'waitsFor');
  }
  if (isDestructive(step) && !step.waitsFor?.length) {
    say('Deleting accounts or taking licences away waits for an approval. Add an approval step and name it in "waitsFor".', 'access');
  }
  if (step.kind === 'question') checkQuestion(step.question, say);
  if (step.kind === 'hand-over-ownership' && typeof step.to === 'object') {
    const asked = byKey.get(step.to.answer);
    if (asked?.kind !== 'question' || asked.question.answer !== 'person')
      say(`'${step.to.answer}' is no question that is answered with a person.`, 'to', 'answer');
  }
  if (step.kind === 'message') {
    for (const field of ['subject', 'text'] as const) {
      for (const name of unknownPlaceholders(step.message[field])) say(`{{${name}}} cannot be filled in.`, 'message', field);
    }
  }
  if ('who' in step && step.due === undefined && (step.remind?.length || step.escalate)) {
    say('Reminders and escalation count from the due time. Add "due".', step.remind?.length ? 'remind' : 'escalate');
  }
  if ('who' in step && typeof step.due === 'object' && step.due.days !== undefined && step.due.workingDays !== undefined) {
    say('A due time counts either days or workingDays. Leave one out.', 'due', 'workingDays');
  }
}

function checkQuestion(question: Extract<PlaybookStep, { kind: 'question' }>['question'], say: Say): void {
  const { answer, options, otherwise } = question;
  if (answer === 'choice' && !options) say('A choice needs "options", each with a value and a label.', 'question');
  if (answer !== 'choice' && options) say(`Only a choice has options; this is answered with ${answer}.`, 'question', 'options');
  const values = (options ?? []).map((option) => option.value);
  if (new Set(values).size < values.length) say('Two options have the same value.', 'question', 'options');
  if (otherwise === undefined) return;
  if (answer === 'yes-no' && typeof otherwise !== 'boolean')
    say('What counts without an answer is true or false here.', 'question', 'otherwise');
  if (answer !== 'yes-no' && typeof otherwise !== 'string') say('What counts without an answer is a text here.', 'question', 'otherwise');
  if (answer === 'choice' && !values.includes(String(otherwise))) say(`'${otherwise}' is not among the options.`, 'question', 'otherwise');
}

/** One problem for each circle of steps that wait for each other, named at the step of the circle that stands first. */
function findCycles(steps: readonly PlaybookStep[]): PlaybookProblem[] {
  const byKey = new Map(steps.map((step, index) => [step.key, { index, waits: waitsForOf(step) }]));
  const settled = new Set<string>();
  const problems: PlaybookProblem[] = [];
  const visit = (key: string, trail: string[]): void => {
    const at = trail.indexOf(key);
    if (at >= 0) {
      const circle = trail.slice(at);
      if (circle.length === 1 && !answersIn(steps[byKey.get(key)!.index]!.when).includes(key)) return;
      const index = Math.min(...circle.map((name) => byKey.get(name)!.index));
      problems.push({
        path: ['steps', index],
        message: `These steps wait for each other, so none would begin: ${[...circle, key].join(' → ')}.`,
      });
      return;
    }
    if (settled.has(key)) return;
    for (const next of byKey.get(key)?.waits ?? []) if (byKey.has(next)) visit(next, [...trail, key]);
    settled.add(key);
  };
  for (const { key } of steps) visit(key, []);
  return problems;
}
