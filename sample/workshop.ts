import type pg from 'pg';
import { performDueActions } from '../server/access/index.ts';
import { handClock } from '../server/platform/clock.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { overPool, sql } from '../server/platform/database.ts';
import type { JobKind } from '../server/platform/jobs.ts';
import { sendDueMail } from '../server/platform/mail/send-due-mail.ts';
import type { Platform } from '../server/platform/platform.ts';
import { performDueSteps } from '../server/playbooks/index.ts';
import { withholdMail } from '../server/people/index.ts';
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
export async function inWorkshop<T>(real: Platform, organizationId: string, start: Temporal.Instant, work: (workshop: Workshop) => Promise<T>): Promise<T> {
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
  const settle = async () => {
    for (let turn = 0; turn < 200; turn += 1) {
      let done = 0;
      for (const { kind, data } of dueJobs()) {
        await kind.handle(platform, organizationId, data as never);
        done += 1;
      }
      const due = await dueNow(platform, organizationId);
      if (due.steps) done += await performDueSteps(platform, organizationId);
      if (due.actions) {
        const { started, finished } = await performDueActions(platform, organizationId);
        await finished;
        done += started;
      }
      if (due.tasks) done += await performDueTaskReminders(platform, organizationId);
      if (due.mail) done += await sendDueMail(platform, organizationId, withholdMail);
      if (done === 0) return;
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
        await settle();
        const next = await nextDue(platform, organizationId, waiting);
        const isLast = next === null || Temporal.Instant.compare(next, end) > 0;
        const to = isLast ? end : next;
        if (Temporal.Instant.compare(to, clock.now()) > 0) clock.set(to.toString());
        if (isLast) break;
      }
      await settle();
    },
  };
}

type Due = { steps: boolean; actions: boolean; tasks: boolean; mail: boolean };

const openActions = sql`status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey')`;
const openSteps = sql`status in ('planned', 'working', 'waiting')`;

async function dueNow(platform: Platform, organizationId: string): Promise<Due> {
  return runAsSystem(platform, organizationId, async (ctx) => {
    const now = ctx.now.toString();
    const { rows } = await sql<Due>`
      select exists (select from playbooks_steps where ${openSteps} and next_at <= ${now}) as steps,
        exists (select from access_actions where ${openActions} and next_at <= ${now}) as actions,
        exists (select from tasks_tasks where status = 'open' and least(remind_at, escalate_at) <= ${now}) as tasks,
        exists (select from platform_mail where status in ('queued', 'sending') and due_at <= ${now}) as mail`.execute(ctx.db);
    return rows[0]!;
  });
}

/** The next instant at which something becomes due. What is due already and was not done waits for something else. */
async function nextDue(platform: Platform, organizationId: string, waiting: Waiting[]): Promise<Temporal.Instant | null> {
  const next = await runAsSystem(platform, organizationId, async (ctx) => {
    const now = ctx.now.toString();
    const { rows } = await sql<{ at: string | null }>`
      select min(at) as at from (
        select next_at as at from playbooks_steps where ${openSteps}
        union all select next_at from access_actions where ${openActions}
        union all select remind_at from tasks_tasks where status = 'open'
        union all select escalate_at from tasks_tasks where status = 'open'
        union all select due_at from platform_mail where status in ('queued', 'sending')) due
      where at > ${now}`.execute(ctx.db);
    return rows[0]!.at;
  });
  const instants = [next, ...waiting.map(({ at }) => at)].filter((at) => at !== null).map((at) => Temporal.Instant.from(at));
  return instants.sort(Temporal.Instant.compare)[0] ?? null;
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
