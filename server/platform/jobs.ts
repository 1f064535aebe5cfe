import { CompiledQuery } from 'kysely';
import { type Job as BossJob, PgBoss } from 'pg-boss';
import type { Context } from './context.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform.ts';

/**
 * A kind of background work. The data carry ids only; the truth stands in the domain's own tables, so that running a job twice is harmless.
 * `handle` gets the platform and opens its own transactions (`runAsSystem`), because it may call the network between them.
 */
export type JobKind<Data extends Record<string, unknown> = Record<string, unknown>> = {
  name: string;
  /** How often a failed job is tried again, with back-off from `retryDelaySeconds`. */
  retryLimit: number;
  retryDelaySeconds: number;
  handle(platform: Platform, organizationId: string, data: Data): Promise<void>;
};

export const job = <Data extends Record<string, unknown>>(kind: JobKind<Data>): JobKind<Data> => kind;

export type Jobs = {
  /** Takes up work of these kinds. Returns once the workers listen. */
  start(platform: Platform, kinds: JobKind<never>[]): Promise<void>;
  /** Adds a job in the caller's transaction: it exists if and only if the transaction commits. */
  enqueue<Data extends Record<string, unknown>>(
    ctx: Context,
    kind: JobKind<Data>,
    data: Data,
    options?: { startAfter?: string },
  ): Promise<void>;
  /** Works all jobs that are due until none is left: for commands and tests that run without workers. Returns how many. */
  drain(platform: Platform, kinds: JobKind<never>[]): Promise<number>;
  stop(): Promise<void>;
};

type Payload = { organizationId: string; data: Record<string, unknown> };

/** The job queue (pg-boss) as the role that owns its tables. */
export function openJobs(options: { url: string; log: Log; supervisionSeconds: number }): Jobs {
  const boss = new PgBoss({
    connectionString: options.url,
    max: 4,
    application_name: 'groundcrew jobs',
    superviseIntervalSeconds: Math.max(1, options.supervisionSeconds),
    monitorIntervalSeconds: Math.max(1, options.supervisionSeconds),
    useListenNotify: true,
    schedule: false,
  });
  boss.on('error', (error) => options.log.warn({ problem: (error as Error).message }, 'job queue'));
  let opened: Promise<unknown> | null = null;
  const known = new Set<string>();

  const open = () => {
    opened ??= boss.start();
    return opened;
  };
  const ensureQueue = async (kind: JobKind<never>) => {
    await open();
    if (known.has(kind.name)) return;
    const settings = {
      retryLimit: kind.retryLimit,
      retryDelay: kind.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: 3600,
      heartbeatSeconds: 10,
      notify: true,
    };
    if (await boss.getQueue(kind.name)) await boss.updateQueue(kind.name, settings);
    else await boss.createQueue(kind.name, settings);
    known.add(kind.name);
  };
  const work = async (platform: Platform, kind: JobKind<never>, jobs: BossJob<Payload>[]) => {
    for (const { data } of jobs) await kind.handle(platform, data.organizationId, data.data as never);
  };

  return {
    async start(platform, kinds) {
      for (const kind of kinds) {
        await ensureQueue(kind);
        await boss.work<Payload>(
          kind.name,
          { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10, localConcurrency: 4 },
          async (jobs) => {
            try {
              await work(platform, kind, jobs);
            } catch (error) {
              options.log.error({ job: kind.name, problem: (error as Error).message, stack: (error as Error).stack }, 'a job failed');
              throw error;
            }
          },
        );
      }
    },
    async enqueue(ctx, kind, data, more) {
      await ensureQueue(kind as never);
      await boss.send(kind.name, { organizationId: ctx.organizationId, data }, {
        ...(more?.startAfter ? { startAfter: more.startAfter } : {}),
        db: {
          executeSql: async (text: string, values?: unknown[]) => {
            const result = await ctx.db.executeQuery(CompiledQuery.raw(text, values ?? []));
            return { rows: result.rows as never[] };
          },
        },
      } as never);
    },
    async drain(platform, kinds) {
      let done = 0;
      for (let found = true; found; ) {
        found = false;
        for (const kind of kinds) {
          await ensureQueue(kind);
          const jobs = await boss.fetch<Payload>(kind.name, { batchSize: 20 });
          for (const one of jobs) {
            found = true;
            done += 1;
            try {
              await work(platform, kind, [one]);
              await boss.complete(kind.name, one.id);
            } catch (error) {
              await boss.fail(kind.name, one.id, { message: (error as Error).message });
              throw error;
            }
          }
        }
      }
      return done;
    },
    async stop() {
      if (!opened) return;
      await opened.catch(() => {});
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
