import type { Platform } from './platform.ts';

/** Runs `turn` now and again `everySeconds` after it ended. A failure is logged and the next turn comes. Returns what ends it and waits for a turn under way. */
export function repeat(
  platform: Platform,
  about: { name: string; everySeconds: number },
  turn: () => Promise<unknown>,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const run = () => {
    running = turn()
      .then(() => {})
      .catch((error) => {
        if (!stopped) platform.log.warn({ problem: (error as Error).message }, `${about.name}: the next turn tries again`);
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(run, about.everySeconds * 1000);
      });
  };
  run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
