/** What judges a value: the faults it has, each with its place. */
export type Judge = (value: unknown) => string[];

/** One operation of a vendor's interface, as its description tells it. `null` judges: the description says nothing of that part. */
export type Operation = {
  method: string;
  /** With `{name}` where a value stands. */
  path: string;
  query: Map<string, { required: boolean; judge: Judge | null }>;
  /** Headers of an operation may carry its parameters too; their names, in lower case. */
  request: Judge | null;
  requestRequired: boolean;
  /** undefined: the description knows no such status. */
  response(status: number): Judge | null | undefined;
};

/** The operation that a request is for: of those whose path fits, the one with the most fixed letters. */
export function operationOf(operations: Operation[], method: string, path: string): Operation | null {
  const fitting = operations.filter((operation) => operation.method === method && patternOf(operation.path).test(path));
  const fixed = (operation: Operation) => operation.path.replaceAll(/\{[^}]+\}/g, '').length;
  return fitting.sort((a, b) => fixed(b) - fixed(a))[0] ?? null;
}

const patterns = new Map<string, RegExp>();

function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const parts = path
    .split(/(\{\+?[^}]+\})/)
    .map((part) => (/^\{/.test(part) ? (part.startsWith('{+') ? '.+' : '[^/]+') : RegExp.escape(part)));
  const pattern = new RegExp(`^${parts.join('')}$`);
  patterns.set(path, pattern);
  return pattern;
}
