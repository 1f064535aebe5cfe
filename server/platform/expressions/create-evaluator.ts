import { Worker } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import { findUnboundedPart } from './check-expression.ts';
import type { EvaluationAnswer, EvaluationRequest } from './evaluation-worker.ts';

/** Yes, no, or unknown: keep and ask. */
export type Answer = true | false | null;

/** An answer with the reason why it is unknown; the reason is null when it is known. */
export type ExplainedAnswer = { value: Answer; reason: string | null };

/** What a condition is evaluated against: plain JSON. A field that is null or missing is unknown. */
export type ExpressionContext = Readonly<Record<string, unknown>>;

export type Evaluator = {
  /**
   * Evaluates one condition against many contexts, in their order.
   * @throws Refusal `condition_too_costly` (422) when it overruns the limits, `condition_invalid` (422) when it was never allowed
   */
  evaluateMany(expression: string, contexts: readonly ExpressionContext[]): Promise<Answer[]>;
  /** Evaluates one condition against one context and says why the answer is unknown. Throws as evaluateMany does. */
  evaluateOne(expression: string, context: ExpressionContext): Promise<ExplainedAnswer>;
  /** Ends the workers. Evaluations under way are refused. */
  close(): Promise<void>;
};

type Job = { expression: string; contexts: string; resolve(answer: EvaluationAnswer): void; reject(error: Error): void };
type Seat = { worker: Worker; ready: boolean; job: Job | null; timer: NodeJS.Timeout | null };

const CONTEXTS_PER_MESSAGE = 2000;

/**
 * Evaluates conditions in worker threads that are ended when a condition overruns its time or memory, so that no condition can hold
 * up or bring down the server. Idle workers do not keep the process alive.
 *
 * @param options.maxMillis wall-clock limit for up to 2,000 contexts, in milliseconds (default 2,000)
 * @param options.maxMemoryMegabytes heap limit of one worker (default 128)
 * @param options.workers how many conditions are evaluated at once (default 1)
 */
export function createEvaluator(options: { maxMillis?: number; maxMemoryMegabytes?: number; workers?: number } = {}): Evaluator {
  const { maxMillis = 2000, maxMemoryMegabytes = 128, workers = 1 } = options;
  const seats: Seat[] = [];
  const queue: Job[] = [];
  let closed = false;

  function openSeat(): void {
    const worker = new Worker(new URL('./evaluation-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxMemoryMegabytes, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      env: {},
      execArgv: [],
    });
    const seat: Seat = { worker, ready: false, job: null, timer: null };
    seats.push(seat);
    worker.on('message', (message: 'ready' | EvaluationAnswer) => {
      if (message === 'ready') seat.ready = true;
      else settle(seat)?.resolve(message);
      handOut();
    });
    worker.on('error', (error: Error & { code?: string }) => {
      const tooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      dropSeat(seat, tooLarge ? tooCostly('It needs too much memory.') : error);
    });
    worker.on('exit', () => dropSeat(seat, tooCostly('Its evaluation was ended.')));
    worker.unref();
  }

  function settle(seat: Seat): Job | null {
    const { job } = seat;
    if (seat.timer) clearTimeout(seat.timer);
    seat.timer = null;
    seat.job = null;
    seat.worker.unref();
    return job;
  }

  function dropSeat(seat: Seat, reason: Error): void {
    const index = seats.indexOf(seat);
    if (index < 0) return;
    seats.splice(index, 1);
    const startedBefore = seat.ready;
    void seat.worker.terminate();
    settle(seat)?.reject(reason);
    if (!startedBefore) for (const job of queue.splice(0)) job.reject(reason);
    handOut();
  }

  function handOut(): void {
    if (closed) return;
    while (seats.length < Math.min(workers, queue.length + seats.filter((seat) => seat.job).length)) openSeat();
    for (const seat of seats) {
      if (seat.job) continue;
      if (queue.length === 0) {
        seat.worker.unref();
        continue;
      }
      seat.worker.ref();
      if (!seat.ready) continue;
      const job = queue.shift()!;
      seat.job = job;
      seat.timer = setTimeout(() => dropSeat(seat, tooCostly(`It ran longer than ${maxMillis / 1000} seconds.`)), maxMillis);
      const request: EvaluationRequest = { expression: job.expression, contexts: job.contexts };
      seat.worker.postMessage(request);
    }
  }

  function run(expression: string, contexts: readonly ExpressionContext[]): Promise<EvaluationAnswer> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(ended());
      queue.push({ expression, contexts: JSON.stringify(contexts), resolve, reject });
      handOut();
    });
  }

  async function runAll(expression: string, contexts: readonly ExpressionContext[]): Promise<EvaluationAnswer[]> {
    const problem = findUnboundedPart(expression);
    if (problem) throw new Refusal(422, 'condition_invalid', `The condition cannot be used. ${problem.message}`);
    const answers: EvaluationAnswer[] = [];
    for (let start = 0; start < contexts.length; start += CONTEXTS_PER_MESSAGE) {
      answers.push(await run(expression, contexts.slice(start, start + CONTEXTS_PER_MESSAGE)));
    }
    return answers;
  }

  return {
    async evaluateMany(expression, contexts) {
      const answers = await runAll(expression, contexts);
      return answers.flatMap(({ values }) => Array.from(values, toAnswer));
    },
    async evaluateOne(expression, context) {
      const [answer] = await runAll(expression, [context]);
      return { value: toAnswer(answer!.values), reason: answer!.reasons[0]?.[1] ?? null };
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(ended());
      for (const seat of seats) settle(seat)?.reject(ended());
      await Promise.all(seats.splice(0).map((seat) => seat.worker.terminate()));
    },
  };
}

const toAnswer = (sign: string): Answer => (sign === 't' ? true : sign === 'f' ? false : null);

const tooCostly = (why: string) =>
  new Refusal(
    422,
    'condition_too_costly',
    `The condition takes too much work and was stopped. ${why} Nothing was changed. Make it shorter or split it in two.`,
  );

const ended = () =>
  new Refusal(503, 'evaluation_ended', 'The server is being stopped. The condition was not evaluated; nothing was changed.');
