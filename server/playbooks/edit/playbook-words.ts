import type { Anchor, PlaybookDefinition, StepKind, Who } from '../schedule/playbook-definition.ts';

export const anchorLabels: Readonly<Record<Anchor, string>> = {
  told: 'the moment they are told',
  'last-working-day': 'the last working day',
  'cut-off': 'the cut-off',
  'legal-end': 'the legal end',
  start: 'the first day',
  'first-morning': 'the first morning',
  confirmed: 'the confirmation',
};

/** The dates that are instants: an exact length of time may be counted from them. */
export const instantAnchors: ReadonlySet<Anchor> = new Set(['told', 'cut-off', 'confirmed', 'first-morning'] as const);

const roleLabels: Readonly<Record<string, string>> = {
  ops: 'operations',
  owner: 'an owner of the organization',
  manager: 'their manager',
  'app-owner': 'the owner of the app',
  hr: 'HR',
  finance: 'finance',
  facilities: 'facilities',
  sponsor: 'their sponsor',
  leaver: 'the person who leaves',
  joiner: 'the new colleague',
  team: 'their team',
};

export const whoWords = (who: Who | 'team'): string => (typeof who === 'object' ? who.person : (roleLabels[who] ?? who));

export const kindLabels: Readonly<Record<StepKind, string>> = {
  task: 'A task that somebody does',
  question: 'A question that somebody answers',
  approval: 'An approval: yes or no',
  message: 'A mail',
  wait: 'A moment that others wait for',
  'revoke-access': 'Groundcrew reads or closes access',
  'grant-access': 'Groundcrew gives access',
  'check-readiness': 'Groundcrew looks whether everything is ready',
  welcome: 'The invitation to the welcome page',
  'hand-over-ownership': 'What they own gets a new owner',
  'http-call': 'A call to a connected system',
};

const factLabels: Readonly<Record<string, string>> = {
  'person.department': 'their department',
  'person.location': 'their location',
  'person.country': 'their country',
  'person.title': 'their title',
  'person.employmentType': 'their kind of employment',
  'person.costCentre': 'their cost centre',
  'person.manager': 'their manager’s work address',
  'person.directReports': 'the number of people who report to them',
  'person.onLeave': 'they are on leave',
  'leaving.now': 'access closes at once',
  'leaving.sensitive': 'the exit is sensitive',
  'leaving.accounts': 'the number of their accounts',
  'leaving.ownerships': 'the number of things they own',
  'leaving.mail': 'Groundcrew asks about their mail by itself',
  'leaving.meetings': 'Groundcrew asks about their meetings by itself',
  'leaving.licences': 'Groundcrew frees their licences by itself',
  'joining.ends': 'an end date is known',
  'joining.late': 'the hire came late',
  'joining.rehire': 'they were here before',
  'joining.credentialTo': 'who gets the first way in (personal or manager)',
  'joining.daysUntilStart': 'the number of days until the first day',
};

/** Facts that are true or false: how it is said when they are not. */
const deniedFacts: Readonly<Record<string, string>> = {
  'person.onLeave': 'they are not on leave',
  'leaving.now': 'access does not close at once',
  'leaving.sensitive': 'the exit is not sensitive',
  'joining.ends': 'no end date is known',
  'joining.late': 'the hire came in time',
  'joining.rehire': 'they were never here before',
};

export const deniedWords = (field: string): string => deniedFacts[field] ?? `it is not so that ${factLabels[field] ?? field}`;

/** A fact or an answer as a person would say it. */
export function factWords(field: string, { steps }: Pick<PlaybookDefinition, 'steps'>): string {
  if (!field.startsWith('answers.')) return factLabels[field] ?? field;
  const key = field.slice('answers.'.length);
  const question = steps.find((step) => step.key === key);
  return question ? `the answer to “${question.title}”` : `the answer to ${key}`;
}

/** `1 day`, `2 hours 30 minutes`: an ISO 8601 length of time as people say it. */
export function lengthWords(length: string): string {
  const { weeks, days, hours, minutes, seconds } = Temporal.Duration.from(length).abs();
  const whole = hours % 24 === 0 && minutes === 0 && seconds === 0;
  const allDays = weeks * 7 + days + (whole ? hours / 24 : 0);
  const parts = [count(allDays, 'day'), count(whole ? 0 : hours, 'hour'), count(minutes, 'minute'), count(seconds, 'second')];
  return parts.filter((part) => !part.startsWith('0 ')).join(' ');
}

export const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;
