/**
 * Expressions: conditions in CEL, bounded. `checkExpression` refuses on save what may take too long or reads what does not exist;
 * `createEvaluator` evaluates in worker threads that can be ended. Unknown fields are absent: the answer is then null, never false.
 */
export type { CheckedExpression, ExpressionProblem } from './check-expression.ts';
export { checkExpression, inspectExpression } from './check-expression.ts';
export type { Answer, Evaluator, ExplainedAnswer, ExpressionContext } from './create-evaluator.ts';
export { createEvaluator } from './create-evaluator.ts';
export type { ExpressionVariables, FieldType } from './expression-language.ts';
export { MAX_EXPRESSION_LENGTH } from './expression-language.ts';
