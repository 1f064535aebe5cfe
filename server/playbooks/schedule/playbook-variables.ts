import type { ExpressionVariables, FieldType } from '../../platform/expressions/index.ts';
import type { PlaybookDefinition } from './playbook-definition.ts';

/** What a condition of a playbook may read of the person, of the exit and of the hire. Unknown fields are passed as null or left out. */
const person = {
  department: 'string',
  location: 'string',
  country: 'string',
  title: 'string',
  employmentType: 'string',
  costCentre: 'string',
  directReports: 'int',
  onLeave: 'bool',
} as const;

/** `mail`, `meetings`: the manager is asked about them in the question about the data. */
const leaving = {
  now: 'bool',
  sensitive: 'bool',
  accounts: 'int',
  ownerships: 'int',
  mail: 'bool',
  meetings: 'bool',
  licences: 'bool',
} as const;
/** `ends`: an end date is known. `late`: hired after the first steps were due. `credentialTo`: personal or manager. */
const joining = { ends: 'bool', late: 'bool', rehire: 'bool', credentialTo: 'string', daysUntilStart: 'int' } as const;

/** The facts, and one field of `answers` for each question of the playbook. An unanswered question is unknown. */
export function playbookVariables(definition: Pick<PlaybookDefinition, 'steps' | 'for'>): ExpressionVariables {
  const answers: Record<string, FieldType> = {};
  for (const step of definition.steps) {
    if (step.kind === 'question') answers[step.key] = step.question.answer === 'yes-no' ? 'bool' : 'string';
  }
  return definition.for === 'leaver' ? { person, leaving, answers } : { person, joining, answers };
}
