import { performDueActions, releaseActions } from './access/index.ts';
import { startDueSyncs } from './connections/index.ts';
import { withholdMail } from './people/index.ts';
import { sendDueMail } from './platform/mail/send-due-mail.ts';
import type { Platform } from './platform/platform.ts';
import { performDueSteps } from './playbooks/index.ts';
import { keepSampleMail } from './sample/keep-sample-mail.ts';
import { performDueTaskReminders } from './tasks/index.ts';

type Due = { organization_id: string; what: string };

/** What a kind of due work does for one organization. `finished`: what it started and does not wait for. */
type Work = (platform: Platform, organizationId: string) => Promise<{ finished?: Promise<void> } | unknown>;

const work: Record<string, Work> = {
  steps: performDueSteps,
  actions: performDueActions,
  tasks: performDueTaskReminders,
  mail: async (platform, organizationId) => sendDueMail(await keepSampleMail(platform, organizationId), organizationId, withholdMail),
  syncs: startDueSyncs,
};

export type Runner = {
  /** Does everything that is due and waits for its end. Returns how many pieces of work there were. For tests and commands. */
  settle(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * Compares due instants in our own tables with our own clock, when the next one comes, at least every second, and at once when somebody says that something may be due.
 * Organizations and kinds of work do not wait for each other.
 */
export function createRunner(platform: Platform): Runner & { start(): Promise<void> } {
  const busy = new Set<string>();
  const inFlight = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let lookAgain = false;
  let looking = false;
  let running = false;

  const track = (promise: Promise<unknown>) => {
    inFlight.add(promise);
    void promise.finally(() => inFlight.delete(promise));
  };

  // Only while it runs by itself: `settle` looks again on its own.
  const again = () => {
    if (running && !stopped) setImmediate(() => void look());
  };

  async function doWork(organizationId: string, what: string): Promise<void> {
    const name = `${organizationId}/${what}`;
    if (busy.has(name)) return;
    busy.add(name);
    try {
      const result = await work[what]!(platform, organizationId);
      const finished = (result as { finished?: Promise<void> } | undefined)?.finished;
      if (finished) track(finished.then(() => again()));
      else if (typeof result === 'number' && result > 0) again();
    } catch (error) {
      if (!stopped)
        platform.log.error(
          { what, problem: (error as Error).message, stack: (error as Error).stack },
          'due work failed and will be taken up again',
        );
    } finally {
      busy.delete(name);
    }
  }

  async function due(): Promise<Due[]> {
    const { rows } = await platform.jobsPool.query('select * from due_organizations($1)', [platform.clock.now().toString()]);
    return rows;
  }

  /** Begins all that is due. Kinds do not wait for each other, save that reminders come after steps: nobody is reminded of what falls away now. */
  function begin(found: Due[]): Promise<void>[] {
    const steps = new Map(
      found.filter(({ what }) => what === 'steps').map(({ organization_id: id }) => [id, doWork(id, 'steps')] as const),
    );
    const others = found
      .filter(({ what }) => what !== 'steps')
      .map(async ({ organization_id: id, what }) => {
        if (what === 'tasks') await steps.get(id);
        await doWork(id, what);
      });
    return [...steps.values(), ...others];
  }

  /** Looks what is due and begins it, without waiting for its end: a mail server that hangs must not hold up a cut-off. */
  async function look(): Promise<void> {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    try {
      for (const work of begin(await due())) track(work);
    } catch (error) {
      if (!stopped) platform.log.warn({ problem: (error as Error).message }, 'cannot see what is due');
    }
    looking = false;
    if (lookAgain && !stopped) {
      lookAgain = false;
      setImmediate(() => void look());
    }
  }

  /** Milliseconds until the next look: a second, or less when a step or an action comes due before. */
  async function untilDue(): Promise<number> {
    const { rows } = await platform.jobsPool.query<{ at: string | null }>('select next_due() as at').catch(() => ({ rows: [] }));
    const at = rows[0]?.at;
    const ahead = at ? Temporal.Instant.from(at).since(platform.clock.now()).total('milliseconds') : 1000;
    // What is overdue is being worked on, or was taken by another process: it needs no faster look.
    return ahead > 0 && ahead < 1000 ? Math.ceil(ahead) : 1000;
  }

  async function releaseAll(): Promise<void> {
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const row of rows) await releaseActions(platform, row.organization_id);
  }

  return {
    async start() {
      await releaseAll();
      running = true;
      platform.onWake(() => {
        if (!stopped) void look();
      });
      const turn = async () => {
        await look();
        const wait = await untilDue();
        if (!stopped) timer = setTimeout(turn, wait);
      };
      void turn();
    },
    async settle() {
      let done = 0;
      for (;;) {
        const found = await due();
        if (found.length === 0 && inFlight.size === 0) return done;
        done += found.length;
        await Promise.all(begin(found));
        await Promise.all(inFlight);
      }
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await Promise.allSettled(inFlight);
    },
  };
}
