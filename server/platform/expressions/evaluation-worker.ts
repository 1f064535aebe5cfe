import { parentPort } from 'node:worker_threads';
import type { ParseResult } from '@marcbachmann/cel-js';
import { evaluatingEnvironment } from './expression-language.ts';

/** One batch: a condition and the contexts, as JSON. */
export type EvaluationRequest = { expression: string; contexts: string };

/** `values` has one sign per context (`t`, `f`, `?`); `reasons` holds why, by index, for those that are `?`, at most the first 100. */
export type EvaluationAnswer = { values: string; reasons: [number, string][] };

const environment = evaluatingEnvironment();
const parsed = new Map<string, ParseResult>();

function parseOnce(expression: string): ParseResult {
  let known = parsed.get(expression);
  if (!known) {
    if (parsed.size >= 500) parsed.clear();
    known = environment.parse(expression);
    parsed.set(expression, known);
  }
  return known;
}

/**
 * A value as a condition may see it: whole numbers become integers, and what is null is absent, so that reading it is an error and
 * never an answer. A list with an unknown entry is unknown as a whole.
 */
function known(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const entries = value.map(known);
    return entries.includes(undefined) ? undefined : entries;
  }
  const record: Record<string, unknown> = {};
  for (const key in value) {
    const field = known((value as Record<string, unknown>)[key]);
    if (field !== undefined && key !== '__proto__') record[key] = field;
  }
  return record;
}

function answer(request: EvaluationRequest): EvaluationAnswer {
  const reasons: [number, string][] = [];
  let values = '';
  const note = (index: number, reason: string) => {
    if (reasons.length < 100) reasons.push([index, reason]);
    return '?';
  };
  const contexts = JSON.parse(request.contexts) as unknown[];
  const evaluate = parseOnce(request.expression);
  for (const [index, context] of contexts.entries()) {
    try {
      const value: unknown = evaluate(known(context) as Record<string, unknown>);
      values += value === true ? 't' : value === false ? 'f' : note(index, 'The condition did not answer yes or no.');
    } catch (error) {
      values += note(
        index,
        error instanceof Error && 'summary' in error ? String(error.summary) : 'The condition could not be worked out.',
      );
    }
  }
  return { values, reasons };
}

parentPort?.on('message', (request: EvaluationRequest) => parentPort?.postMessage(answer(request)));
parentPort?.postMessage('ready');
