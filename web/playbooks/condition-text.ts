import type { Choices, Definition, OutlinedStep } from './words.ts';

export type ConditionForm = NonNullable<OutlinedStep['condition']>;
export type ConditionRow = ConditionForm['rows'][number];
/** A fact or an answer that a row may compare; `options` are the values of a choice, `known` those that the company has. */
export type Fact = {
  field: string;
  label: string;
  type: 'bool' | 'int' | 'string';
  options?: { value: string; label: string }[];
  known?: string[];
};

/** The condition as it stands in the playbook. */
export const conditionText = ({ join, rows }: ConditionForm): string => rows.map(rowText).join(join === 'all' ? ' && ' : ' || ');

function rowText({ field, is, value }: ConditionRow): string {
  if (typeof value === 'boolean') return `${(is === '==') === value ? '' : '!'}${field}`;
  return `${field} ${is} ${typeof value === 'number' ? value : JSON.stringify(value)}`;
}

/** What the rows may read: the facts of the moment, and the answers of the other questions. */
export function factsOf(choices: Choices, definition: Definition, except: string): Fact[] {
  const facts = choices.facts.map(
    ({ field, label, type, known }) => ({ field, label, known, type: type === 'bool' || type === 'int' ? type : 'string' }) as Fact,
  );
  const answers = definition.steps.flatMap((step): Fact[] => {
    if (step.kind !== 'question' || step.key === except) return [];
    const { answer, options } = step.question;
    return [
      { field: `answers.${step.key}`, label: `the answer to “${step.title}”`, type: answer === 'yes-no' ? 'bool' : 'string', options },
    ];
  });
  return [...facts, ...answers];
}

export const emptyRow = (fact: Fact): ConditionRow => ({
  field: fact.field,
  is: fact.type === 'int' ? '>' : '==',
  value: fact.type === 'bool' ? true : fact.type === 'int' ? 0 : (fact.options?.[0]?.value ?? ''),
});

export const comparisonsOf = (type: Fact['type']): { value: ConditionRow['is']; label: string }[] => [
  { value: '==', label: 'is' },
  { value: '!=', label: 'is not' },
  ...(type === 'int'
    ? ([
        { value: '>', label: 'is more than' },
        { value: '>=', label: 'is at least' },
        { value: '<', label: 'is less than' },
        { value: '<=', label: 'is at most' },
      ] as const)
    : []),
];
