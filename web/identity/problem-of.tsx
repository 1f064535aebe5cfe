import { Problem } from '../design/problem.tsx';
import { ApiProblem, fieldProblems, problemProps } from '../shell/api-problem.ts';
import { PasskeyProblem } from './passkey.ts';

/** What went wrong with a form, where it is not said below a field already. */
export function ProblemOf({ error, fields = [] }: { error: unknown; fields?: string[] }) {
  if (error === null || error === undefined) return null;
  if (error instanceof PasskeyProblem) return <Problem what={error.message} />;
  if (error instanceof ApiProblem && Object.keys(fieldProblems(error)).some((field) => fields.includes(field))) return null;
  return <Problem {...problemProps(error)} />;
}
