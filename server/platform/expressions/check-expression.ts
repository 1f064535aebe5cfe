import type { ASTNode } from '@marcbachmann/cel-js';
import { TypeError as CelTypeError, ParseError } from '@marcbachmann/cel-js';
import { invalid } from '../errors.ts';
import {
  ALLOWED_FUNCTIONS,
  checkingEnvironment,
  type ExpressionVariables,
  evaluatingEnvironment,
  LIST_FUNCTIONS,
  MAX_EXPRESSION_LENGTH,
} from './expression-language.ts';

/** `position` counts characters from 1; `message` is a whole sentence for the person who wrote the condition. */
export type ExpressionProblem = { message: string; position: number };

/** What a condition reads, as `variable.field`, in alphabetical order. */
export type CheckedExpression = { reads: string[] };

class Found extends Error {
  readonly problem: ExpressionProblem;
  constructor(message: string, start: number) {
    super(message);
    this.problem = { message: `${message} (character ${start + 1})`, position: start + 1 };
  }
}

/**
 * Checks a condition in CEL before it is saved: bounded length, only known variables, fields and functions, no `matches`, no list
 * function inside another, and an answer of yes or no.
 *
 * @returns the fields it reads
 * @throws Refusal `condition_invalid` (422) with one problem that names the position and the mend
 */
export function checkExpression(text: string, options: { variables: ExpressionVariables; field?: string }): CheckedExpression {
  const outcome = inspectExpression(text, options.variables);
  if ('problem' in outcome) {
    const { message } = outcome.problem;
    throw invalid('condition_invalid', `The condition was not saved. ${message}`, [
      { field: options.field ?? 'when', value: text.slice(0, 200), message },
    ]);
  }
  return outcome;
}

/** The same check without throwing, for callers that collect several problems. */
export function inspectExpression(text: string, variables: ExpressionVariables): CheckedExpression | { problem: ExpressionProblem } {
  try {
    const reads = new Set<string>();
    walk(parseBounded(text), { text, variables, reads, bound: [] });
    const checked = checkingEnvironment(variables).check(text);
    if (!checked.valid) throw new Found(typeProblem(checked.error), checked.error?.range?.start ?? 0);
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      throw new Found('The condition must answer yes or no, for example by a comparison with ==.', 0);
    }
    return { reads: [...reads].sort() };
  } catch (error) {
    if (error instanceof Found) return { problem: error.problem };
    throw error;
  }
}

/**
 * Refuses what no evaluation may ever see, whoever wrote it: too long, not CEL, `matches`, nested list functions, unlisted functions.
 *
 * @returns null, or the problem
 */
export function findUnboundedPart(text: string): ExpressionProblem | null {
  try {
    walk(parseBounded(text), { text, variables: null, reads: new Set(), bound: [] });
    return null;
  } catch (error) {
    if (error instanceof Found) return error.problem;
    throw error;
  }
}

function parseBounded(text: string): ASTNode {
  if (text.trim() === '') throw new Found('The condition is empty. Leave the whole entry out if the step always happens.', 0);
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw new Found(`The condition has ${text.length} characters. At most ${MAX_EXPRESSION_LENGTH} are accepted.`, MAX_EXPRESSION_LENGTH);
  }
  try {
    return evaluatingEnvironment().parse(text).ast;
  } catch (error) {
    if (error instanceof ParseError) {
      const at = error.range?.start ?? 0;
      throw new Found(`This cannot be read as a condition: ${sentence(error.summary)}${mendOf(text.slice(at))}`, at);
    }
    if (error instanceof CelTypeError)
      throw new Found(`This cannot be read as a condition: ${sentence(error.summary)}`, error.range?.start ?? 0);
    throw error;
  }
}

/** What to write instead, where the text goes on with what other languages use. */
function mendOf(rest: string): string {
  if (/^=(?!=)/.test(rest)) return ' Two things are compared with ==.';
  if (/^(and|or|not|&|\|)(?![\w&|])/i.test(rest)) return ' Write && for and, || for or, ! for not.';
  return /^[\u2018-\u201f\u00ab\u00bb]/.test(rest) ? ' Put a text in straight quotation marks: "Sales".' : '';
}

type Walk = { text: string; variables: ExpressionVariables | null; reads: Set<string>; bound: string[] };

function walk(node: ASTNode, state: Walk): void {
  switch (node.op) {
    case 'id':
      checkName(node.args, node.start, state);
      return;
    case '.':
    case '[]': {
      const [target, key] = node.args;
      const field = typeof key === 'string' ? key : key.op === 'value' && typeof key.args === 'string' ? key.args : null;
      if (target.op === 'id' && !state.bound.includes(target.args)) {
        checkField(target.args, field, target, state);
        return;
      }
      walk(target, state);
      if (typeof key !== 'string') walk(key, state);
      return;
    }
    case 'call': {
      const [name, args] = node.args;
      checkFunction(name, node.start);
      for (const argument of args) walk(argument, state);
      return;
    }
    case 'rcall': {
      const [name, receiver, args] = node.args;
      walk(receiver, state);
      if (!LIST_FUNCTIONS.has(name)) {
        checkFunction(name, receiver.end);
        for (const argument of args) walk(argument, state);
        return;
      }
      walkListFunction(name, receiver.end, args, state);
      return;
    }
    case 'value':
      return;
    default:
      for (const child of children(node.args)) walk(child, state);
  }
}

function walkListFunction(name: string, start: number, args: ASTNode[], state: Walk): void {
  if (state.bound.length > 0) {
    throw new Found(`'${name}' stands inside another list function. That may take too long; write two conditions instead.`, start);
  }
  const [variable, ...rest] = args;
  if (variable?.op !== 'id') throw new Found(`'${name}' needs a name for each entry first, as in list.${name}(x, x == "…").`, start);
  if (state.variables && Object.hasOwn(state.variables, variable.args)) {
    throw new Found(`'${variable.args}' already means something else. Give the entries of the list another name.`, variable.start);
  }
  for (const argument of rest) walk(argument, { ...state, bound: [variable.args] });
}

function checkFunction(name: string, start: number): void {
  if (ALLOWED_FUNCTIONS.has(name)) return;
  if (LIST_FUNCTIONS.has(name)) throw new Found(`'${name}' works on a list, as in list.${name}(x, x == "…").`, start);
  const mend =
    name === 'matches' ? 'Patterns may take too long. Use contains, startsWith or endsWith.' : `Conditions know: ${KNOWN_FUNCTIONS}.`;
  throw new Found(`'${name}' cannot be used in a condition. ${mend}`, start);
}

const KNOWN_FUNCTIONS = [...ALLOWED_FUNCTIONS, ...LIST_FUNCTIONS].join(', ');

function checkName(name: string, start: number, state: Walk): void {
  if (state.bound.includes(name) || state.variables === null) return;
  if (!Object.hasOwn(state.variables, name)) throw new Found(unknownName(name, state.variables), start);
  throw new Found(`'${name}' alone says nothing. Name one of its fields, as in ${name}.${exampleField(state.variables[name])}.`, start);
}

function checkField(name: string, field: string | null, target: ASTNode, state: Walk): void {
  if (state.variables === null) return;
  if (!Object.hasOwn(state.variables, name)) throw new Found(unknownName(name, state.variables), target.start);
  if (field === null) throw new Found(`Name the field of '${name}' itself; it cannot be calculated.`, target.end);
  const fields = state.variables[name]!;
  if (fields !== 'open' && !Object.hasOwn(fields, field)) {
    const names = Object.keys(fields);
    const mend = names.length === 0 ? `'${name}' has no fields here.` : `'${name}' has: ${names.join(', ')}.`;
    throw new Found(`'${name}.${field}' does not exist. ${mend}`, target.end + 1);
  }
  state.reads.add(`${name}.${field}`);
}

const unknownName = (name: string, variables: ExpressionVariables) =>
  `'${name}' is not known here. A condition may read: ${Object.keys(variables).join(', ') || 'nothing'}. Texts stand in quotes.`;

const exampleField = (fields: ExpressionVariables[string] | undefined) =>
  fields && fields !== 'open' ? (Object.keys(fields)[0] ?? 'name') : 'name';

/** The parser keeps operands as a node, a list of nodes, or pairs of nodes. */
function* children(args: unknown): Generator<ASTNode> {
  if (Array.isArray(args)) for (const entry of args) yield* children(entry);
  else if (typeof args === 'object' && args !== null && 'op' in args) yield args as ASTNode;
}

function typeProblem(error: { code: string; summary: string } | undefined): string {
  if (error?.code === 'no_such_overload') {
    const pair = error.summary.replace(/^no such overload: /, '').replaceAll('$', '');
    const mend = pair.includes('null')
      ? 'Ask with has(…) whether something is known.'
      : 'Compare text with "text", numbers with 3, yes or no with true or false.';
    return `These two do not go together: ${pair}. ${mend}`;
  }
  return `This does not work: ${sentence(error?.summary ?? 'unknown error')}`;
}

const sentence = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
