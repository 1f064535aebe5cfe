import { Environment } from '@marcbachmann/cel-js';

/** Longest condition that is accepted, in characters. */
export const MAX_EXPRESSION_LENGTH = 2000;

/** What a field holds. `any` is not checked when the condition is saved. */
export type FieldType = 'string' | 'int' | 'double' | 'bool' | 'list<string>' | 'any';

/**
 * The names a condition may read. A record lists its fields; `open` is a record whose fields are not known beforehand.
 * Fields that are not known for a person are passed as absent, never as null or as an empty text.
 */
export type ExpressionVariables = Readonly<Record<string, 'open' | Readonly<Record<string, FieldType>>>>;

/** The functions and methods of CEL that a condition may call. Each takes time in proportion to what it reads, and none builds large values. */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['has', 'size', 'contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', 'trim', 'int', 'double', 'string', 'bool'],
  ...['timestamp', 'duration', 'getFullYear', 'getMonth', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getHours', 'getMinutes'],
]);

/** The functions that walk a list; none may stand inside another. */
export const LIST_FUNCTIONS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

const limits = { maxAstNodes: 1000, maxDepth: 40, maxListElements: 500, maxMapEntries: 50, maxCallArguments: 4 };

/** An environment that knows the declared variables and their field types, for checking only. */
export function checkingEnvironment(variables: ExpressionVariables): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: false, limits });
  for (const [name, fields] of Object.entries(variables)) {
    if (fields === 'open') {
      environment.registerVariable(name, 'map');
      continue;
    }
    const schema = Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, type === 'any' ? 'dyn' : type]));
    environment.registerVariable({ name, schema });
  }
  return environment;
}

/** The environment that evaluates: every variable is what it is at that moment. */
export function evaluatingEnvironment(): Environment {
  return new Environment({ unlistedVariablesAreDyn: true, limits });
}
