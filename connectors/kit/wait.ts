/** Lets time pass, in milliseconds. Ends early, without error, when the signal is raised. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Real time. Tests hand in their own. */
export const realWait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
