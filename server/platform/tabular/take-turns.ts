import { Refusal } from '../errors.ts';

/** Does `work` when it is its turn. Throws a Refusal 503 `too_many_files` when too many of the same key wait already. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets at most `atOnce` works go on in this process and one of each key; the others wait. Of those that wait, the key that was served the
 * longest ago goes first, so that nobody with many files keeps the others waiting.
 */
export function createTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): Turns {
  const waiting: { key: string; begin(): void }[] = [];
  const busy = new Set<string>();
  const served = new Map<string, number>();
  let turn = 0;
  const next = () => {
    while (busy.size < atOnce) {
      const free = waiting.filter(({ key }) => !busy.has(key));
      const first = free.reduce<(typeof free)[number] | undefined>(
        (best, one) => (best === undefined || (served.get(one.key) ?? 0) < (served.get(best.key) ?? 0) ? one : best),
        undefined,
      );
      if (first === undefined) break;
      waiting.splice(waiting.indexOf(first), 1);
      busy.add(first.key);
      served.set(first.key, ++turn);
      first.begin();
    }
    if (waiting.length === 0 && busy.size === 0) served.clear();
  };
  return async (key, work) => {
    if (waiting.filter((one) => one.key === key).length >= mostWaiting) {
      throw new Refusal(
        503,
        'too_many_files',
        `${mostWaiting} files wait to be read already. This one was not read. Give it again in some minutes.`,
      );
    }
    await new Promise<void>((begin) => {
      waiting.push({ key, begin });
      next();
    });
    try {
      return await work();
    } finally {
      busy.delete(key);
      next();
    }
  };
}
