import type pg from 'pg';
import { performDueActions } from '../server/access/index.ts';
import { withholdMail } from '../server/people/index.ts';
import { handClock } from '../server/platform/clock.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { overPool, sql } from '../server/platform/database.ts';
import type { JobKind } from '../server/platform/jobs.ts';
import { sendDueMail } from '../server/platform/mail/send-due-mail.ts';
import type { Platform } from '../server/platform/platform.ts';
import { performDueSteps } from '../server/playbooks/index.ts';
import { performDueTaskReminders } from '../server/tasks/index.ts';

/** A place where months of one organization pass in seconds, by the product's own operations. */
export type Workshop = {
  platform: Platform;
  organizationId: string;
  run<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  /** Lets time pass until `instant`, doing everything at the instant when it is due. An instant that is past does what is due now. */
  passUntil(instant: string | Temporal.Instant): Promise<void>;
  now(): Temporal.Instant;
  /** Lets the database look at what was written so far: its plans for empty tables are slow on full ones. */
  lookAtNewRows(): Promise<void>;
};

type Waiting = { kind: JobKind<never>; data: Record<string, unknown>; at: string };

/**
 * Runs `work` in a workshop of one organization that begins at `start`. Everything happens in one transaction of the database: others see all of
 * it or nothing, and no worker takes part in the past. Mail is written and kept, nothing is sent. Jobs are worked here; those for later are queued.
 */
export async function inWorkshop<T>(
  real: Platform,
  organizationId: string,
  start: Temporal.Instant,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const client = await real.appPool.connect();
  try {
    await client.query('begin');
    const clock = handClock(start.toString());
    const waiting: Waiting[] = [];
    const platform: Platform = {
      ...real,
      clock,
      config: { ...real.config, clock, smtpUrl: null },
      database: overPool(oneConnection(client)),
      jobs: {
        ...real.jobs,
        enqueue: async (ctx, kind, data, options) => {
          const job = { kind: kind as never, data, at: options?.startAfter ?? ctx.now.toString() };
          ctx.afterCommit(() => waiting.push(job));
        },
      },
      wake: () => {},
      onWake: () => {},
      boundary: () => {},
      close: async () => {},
    };
    const result = await work(createWorkshop(platform, organizationId, clock, waiting));
    await runAsSystem(platform, organizationId, async (ctx) => {
      for (const { kind, data, at } of waiting) await real.jobs.enqueue(ctx, kind, data as never, { startAfter: at });
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

function createWorkshop(platform: Platform, organizationId: string, clock: ReturnType<typeof handClock>, waiting: Waiting[]): Workshop {
  const dueJobs = () => {
    const due = waiting.filter(({ at }) => Temporal.Instant.compare(at, clock.now()) <= 0);
    for (const job of due) waiting.splice(waiting.indexOf(job), 1);
    return due;
  };
  /** Does what is due now until nothing is left. Returns the next instant at which something becomes due. */
  const settle = async (): Promise<Temporal.Instant | null> => {
    for (let turn = 0; turn < 200; turn += 1) {
      let done = 0;
      for (const { kind, data } of dueJobs()) {
        await kind.handle(platform, organizationId, data as never);
        done += 1;
      }
      const due = await findDue(platform, organizationId);
      if (due.steps) done += await performDueSteps(platform, organizationId);
      if (due.actions) {
        const { started, finished } = await performDueActions(platform, organizationId);
        await finished;
        done += started;
      }
      if (due.tasks) done += await performDueTaskReminders(platform, organizationId);
      if (due.mail) done += await sendDueMail(platform, organizationId, withholdMail);
      if (done === 0) return earliest([due.next, ...waiting.map(({ at }) => at)]);
    }
    throw new Error('The work of the sample never came to an end.');
  };
  return {
    platform,
    organizationId,
    run: (work) => runAsSystem(platform, organizationId, work),
    now: () => clock.now(),
    lookAtNewRows: () =>
      runAsSystem(platform, organizationId, async (ctx) => {
        await sql`select look_at_new_rows()`.execute(ctx.db);
      }),
    passUntil: async (instant) => {
      const end = Temporal.Instant.from(instant.toString());
      for (;;) {
        const next = await settle();
        if (next === null || Temporal.Instant.compare(next, end) > 0) break;
        clock.set(next.toString());
      }
      if (Temporal.Instant.compare(end, clock.now()) > 0) clock.set(end.toString());
    },
  };
}

const earliest = (instants: (string | null)[]): Temporal.Instant | null =>
  instants
    .filter((at) => at !== null)
    .map((at) => Temporal.Instant.from(at))
    .sort(Temporal.Instant.compare)[0] ?? null;

/** What is due now, and the next instant at which something becomes due: what is due already and was not done waits for something else. */
type Due = { steps: boolean; actions: boolean; tasks: boolean; mail: boolean; next: string | null };

async function findDue(platform: Platform, organizationId: string): Promise<Due> {
  return runAsSystem(platform, organizationId, async (ctx) => {
    const { rows } = await sql<Due>`
      select coalesce(bool_or(kind = 'steps' and at <= now), false) as steps, coalesce(bool_or(kind = 'actions' and at <= now), false) as actions,
        coalesce(bool_or(kind = 'tasks' and at <= now), false) as tasks, coalesce(bool_or(kind = 'mail' and at <= now), false) as mail,
        min(at) filter (where at > now) as next
      from (
        select 'steps' as kind, next_at as at from playbooks_steps where status in ('planned', 'working', 'waiting') and next_at is not null
        union all select 'actions', next_at from access_actions
          where status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and next_at is not null
        union all select 'tasks', at from tasks_tasks, unnest(array[remind_at, escalate_at]) at where status = 'open'
        union all select 'mail', due_at from platform_mail where status in ('queued', 'sending')) due,
        (select ${ctx.now.toString()}::timestamptz as now) present`.execute(ctx.db);
    return rows[0]!;
  });
}

/** A pool of one connection that is in a transaction already: transactions over it are savepoints, one after another. */
function oneConnection(client: pg.PoolClient): pg.Pool {
  let free: Promise<void> = Promise.resolve();
  const inside: Record<string, string> = {
    begin: 'savepoint workshop',
    commit: 'release savepoint workshop',
    rollback: 'rollback to savepoint workshop; release savepoint workshop',
  };
  const connect = async () => {
    const before = free;
    let release = () => {};
    free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { query: (text: string, values: unknown[]) => client.query(inside[text] ?? text, inside[text] ? undefined : values), release };
  };
  return { connect, end: async () => {} } as unknown as pg.Pool;
}
