import { Refusal } from '../../platform/errors.ts';
import { type Answer, createEvaluator, type Evaluator, inspectExpression } from '../../platform/expressions/index.ts';
import { type RuleFacts, ruleVariables } from './rule-facts.ts';

let evaluator: Evaluator | null = null;

/** The evaluator of access rules, one for the process, made when it is first needed. */
const conditions = (): Evaluator => {
  evaluator ??= createEvaluator({ maxMillis: 1_000, workers: 1 });
  return evaluator;
};

/**
 * Whether a rule means each of these people: true, false, or null where a fact that it needs is unknown. A condition that cannot be worked out
 * within its limits is unknown for everybody: it then gives nothing and takes nothing.
 */
export async function evaluateRule(when: string, people: readonly RuleFacts[]): Promise<Answer[]> {
  if (when.trim() === 'true') return people.map(() => true);
  if (people.length === 0) return [];
  try {
    return await conditions().evaluateMany(
      when,
      people.map(({ department, location, country, title, employmentType, costCentre, manager, managesPeople }) => ({
        person: { department, location, country, title, employmentType, costCentre, manager, managesPeople },
      })),
    );
  } catch (error) {
    if (error instanceof Refusal) return people.map(() => null);
    throw error;
  }
}

/** The facts that a condition reads, as `person.department`; none where it cannot be read. */
export function readsOf(when: string): string[] {
  const checked = inspectExpression(when, ruleVariables);
  return 'reads' in checked ? checked.reads : [];
}
