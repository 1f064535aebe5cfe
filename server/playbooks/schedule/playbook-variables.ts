import type { ExpressionVariables, FieldType } from '../../platform/expressions/index.ts';
import type { PlaybookDefinition } from './playbook-definition.ts';

/** What a condition of a playbook may read of the person and of the exit. Unknown fields are passed as null or left out. */
export const playbookFacts = {
  person: {
    department: 'string',
    location: 'string',
    country: 'string',
    title: 'string',
    employmentType: 'string',
    costCentre: 'string',
    directReports: 'int',
    onLeave: 'bool',
  },
  leaving: { now: 'bool', sensitive: 'bool', accounts: 'int', ownerships: 'int' },
} as const satisfies ExpressionVariables;

/** The facts, and one field of `answers` for each question of the playbook. An unanswered question is unknown. */
export function playbookVariables(definition: Pick<PlaybookDefinition, 'steps'>): ExpressionVariables {
  const answers: Record<string, FieldType> = {};
  for (const step of definition.steps) {
    if (step.kind === 'question') answers[step.key] = step.question.answer === 'yes-no' ? 'bool' : 'string';
  }
  return { ...playbookFacts, answers };
}
