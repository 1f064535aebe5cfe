import type { ProblemProps } from '../design/problem.tsx';

/** One thing wrong with one field or row. `row` counts as the file's reader sees it: the heading is row 1. */
export type ProblemDetail = { field?: string; row?: number; value?: string; message: string };

/** What the server refused (problem+json, RFC 9457), or that it could not be reached (status 0, code `unreachable`). */
export class ApiProblem extends Error {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems: ProblemDetail[];
  readonly reference: string | undefined;

  constructor(problem: Partial<Pick<ApiProblem, 'type' | 'title' | 'status' | 'code' | 'detail' | 'problems' | 'reference'>>) {
    super(problem.detail ?? problem.title ?? 'Something went wrong.');
    this.name = 'ApiProblem';
    this.type = problem.type ?? 'about:blank';
    this.title = problem.title ?? 'Something went wrong';
    this.status = problem.status ?? 0;
    this.code = problem.code ?? 'internal';
    this.detail = problem.detail ?? this.title;
    this.problems = problem.problems ?? [];
    this.reference = problem.reference;
  }
}

/** The problem that an answer holds, also where something on the way answered in its own form. */
export async function problemOfResponse(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'code' in body) return new ApiProblem({ status: response.status, ...(body as object) });
  const detail =
    response.status >= 502
      ? 'Groundcrew does not answer. It may be starting again: try once more in a moment.'
      : 'Something between this page and Groundcrew answered instead of it. Nothing is known to have changed.';
  return new ApiProblem({ status: response.status, code: 'strange_answer', title: 'No answer from Groundcrew', detail });
}

/** The problem where the network failed. A change may have arrived all the same, and that is said. */
export const unreachable = (changes: boolean): ApiProblem =>
  new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'Groundcrew does not answer',
    detail: changes
      ? 'Groundcrew does not answer. Whether the change was made is not known: look before you try again.'
      : 'Groundcrew does not answer. Nothing was changed. Is the network there?',
  });

/** An error as the part that shows it takes it. */
export function problemProps(error: unknown): ProblemProps {
  if (error instanceof ApiProblem) {
    const elsewhere = error.problems.filter(({ field, row }) => field === undefined && row === undefined).map(({ message }) => message);
    return { what: error.detail, todo: elsewhere.length > 0 ? elsewhere.join(' ') : undefined, reference: error.reference };
  }
  return { what: 'This page failed. Nothing was changed.', todo: 'Load it again; if it stays, tell whoever runs Groundcrew.' };
}

/** What is wrong by field, for the `error` of each. A field with several problems gets them in one text. */
export function fieldProblems(error: unknown): Record<string, string> {
  const byField: Record<string, string> = {};
  if (!(error instanceof ApiProblem)) return byField;
  for (const { field, message } of error.problems) {
    if (field !== undefined) byField[field] = field in byField ? `${byField[field]} ${message}` : message;
  }
  return byField;
}
