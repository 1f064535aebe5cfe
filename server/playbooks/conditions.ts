import { createEvaluator, type Evaluator } from '../platform/expressions/index.ts';

let evaluator: Evaluator | null = null;

/** The evaluator of the conditions of playbooks, one for the process, made when it is first needed. */
export const conditions = (): Evaluator => {
  evaluator ??= createEvaluator({ maxMillis: 500, workers: 1 });
  return evaluator;
};
