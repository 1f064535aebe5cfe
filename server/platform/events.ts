import type { Context } from './context.ts';
import { runAsSystem } from './context.ts';
import { type JobKind, job } from './jobs.ts';
import type { Platform } from './platform.ts';

/** News that a domain tells upward. Ids only: what is true is read again when the reaction runs. */
export type EventKind<Data extends Record<string, unknown>> = { name: string; readonly data?: Data };

export const event = <Data extends Record<string, unknown>>(name: string): EventKind<Data> => ({ name });

/** What a domain does on another's news: in a transaction of its own, after the news has committed, at least once. */
export type Reaction = { name: string; event: string; react(ctx: Context, data: never): Promise<void> };

export const reaction = <Data extends Record<string, unknown>>(
  to: EventKind<Data>,
  name: string,
  react: (ctx: Context, data: Data) => Promise<void>,
): Reaction => ({ name, event: to.name, react: react as Reaction['react'] });

const reactions: Reaction[] = [];

/** Called once at start with the reactions of all domains. */
export function registerReactions(all: Reaction[]): void {
  reactions.splice(0, reactions.length, ...all);
}

export const reactionJob: JobKind<{ reaction: string; data: Record<string, unknown> }> = job({
  name: 'reaction',
  retryLimit: 20,
  retryDelaySeconds: 2,
  handle: async (platform: Platform, organizationId, { reaction: name, data }) => {
    const found = reactions.find((each) => each.name === name);
    if (!found) throw new Error(`No reaction is named ${name}.`);
    await runAsSystem(platform, organizationId, (ctx) => found.react(ctx, data as never));
  },
});

/** Tells `kind` to whoever reacts to it, in the caller's transaction. */
export async function emit<Data extends Record<string, unknown>>(ctx: Context, kind: EventKind<Data>, data: Data): Promise<void> {
  for (const each of reactions) {
    if (each.event === kind.name) await ctx.platform.jobs.enqueue(ctx, reactionJob, { reaction: each.name, data });
  }
}
