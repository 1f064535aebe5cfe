import type { Context } from './context.ts';

const remembered = new WeakMap<Context, Map<string, Promise<unknown>>>();

/**
 * From here on `readOnce` remembers in this transaction. Only for work that changes none of what is read so: a stale answer about what is to
 * be kept quiet would tell it.
 */
export function rememberReads(ctx: Context): void {
  remembered.set(ctx, new Map());
}

/** Reads something once in a transaction that remembers, however often it is asked for under `key`; in any other, each time. */
export function readOnce<T>(ctx: Context, key: string, read: () => Promise<T>): Promise<T> {
  const here = remembered.get(ctx);
  if (!here) return read();
  if (!here.has(key)) here.set(key, read());
  return here.get(key) as Promise<T>;
}
