import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Answer } from './api-client.ts';
import { gapWords, wholeGap } from './gap-words.ts';
import { inSession, type Session } from './open-session.ts';
import { scopeOf } from './plan-command.ts';
import { releaseOf } from './release-option.ts';

/** `apply`: shows the gap and closes it with --yes; `apply --undo PLAN` takes a plan back. */
export function addApplyCommand(program: Command): void {
  program
    .command('apply')
    .description('show where access differs from the rules, as plan does; with --yes close it and wait until it is settled')
    .option('--person <person>', 'only of one person: name, address, employee number or id')
    .option('--app <app>', 'only in one app: name or id')
    .option('--yes', 'do it')
    .option('--release <people>', 'let this many people lose something, though the brake holds it')
    .option('--undo <plan>', 'take back what this plan did: its id')
    .option('--rules', 'with --undo: set the rules back as well')
    .option('--reason <words>', 'why; needed with --release and --undo')
    .option('--wait <seconds>', 'how long to wait until it is settled; 0 does not wait', '600')
    .action(answering(apply));
}

type Given = { yes?: boolean; release?: string; undo?: string; rules?: boolean; reason?: string; wait: string };

async function apply(options: Options): Promise<Said> {
  const given = options as unknown as Given;
  const seconds = Number(given.wait);
  if (!(seconds >= 0)) throw new Refusal(422, 'bad_wait', `--wait is "${given.wait}". Give a number of seconds. Nothing was changed.`);
  if (given.undo !== undefined) return undo(options, given.undo, { ...given, seconds });
  const release = releaseOf(given);
  return inSession(options, async (session) => {
    const { call } = session;
    const scope = await scopeOf(call, options);
    const gap = await wholeGap(call, scope);
    const words = gapWords(gap);
    if (gap.total === 0) return { data: { planId: null, gap }, words };
    if (!given.yes) return { data: { planId: null, gap }, words: [...words, 'Nothing was changed. Do it with --yes.'], failed: true };
    if (gap.brake && release?.people !== gap.totals.losing) {
      const how = `Nothing was changed. Look at the names; then add --release ${gap.totals.losing} --reason "…".`;
      return { data: { planId: null, gap }, words: [...words, how], failed: true };
    }
    const { planId, status } = await call('applyPlan', {
      body: { hash: gap.hash, ...scope, ...(given.reason ? { reason: given.reason } : {}) },
    });
    if (planId === null) return { data: { planId, gap }, words: [...words, 'Nothing was left to do.'] };
    if (status === 'held') {
      if (!release)
        return { data: { planId, gap }, words: [...words, `It is held: plan ${planId} waits until somebody releases it.`], failed: true };
      await call('releasePlan', { params: { planId }, body: release });
    }
    return settled(session, planId, { words, seconds });
  });
}

async function undo(options: Options, planId: string, given: Given & { seconds: number }): Promise<Said> {
  const { reason, rules, seconds } = given;
  if (!reason?.trim()) throw new Refusal(422, 'reason_missing', 'Say with --reason why it is taken back. Nothing was changed.');
  const brake = releaseOf(given);
  return inSession(options, async (session) => {
    const body = { reason, rules: rules ?? false, ...(brake ? { brake } : {}) };
    const done = await session.call('undoPlan', { params: { planId }, body });
    const words = done.rulesSetBack > 0 ? [`Rules set back: ${done.rulesSetBack}.`] : [];
    if (done.planId === null) return { data: done, words: [...words, 'There was nothing in other systems to take back.'] };
    return settled(session, done.planId, { words, seconds });
  });
}

/** Waits until everything of a plan that a machine does is settled, and says what was verified, what people were asked, what is open. */
async function settled(session: Session, planId: string, { words, seconds }: { words: string[]; seconds: number }): Promise<Said> {
  await session.settle();
  let plan = await session.call('getPlan', { params: { planId } });
  const until = performance.now() + ((await isWorked(session)) ? seconds * 1000 : 0);
  for (let [seen, since] = [signature(plan), performance.now()]; isMoving(plan) && performance.now() < until; ) {
    await delay(300);
    plan = await session.call('getPlan', { params: { planId } });
    if (signature(plan) !== seen) [seen, since] = [signature(plan), performance.now()];
    // What waits for somebody's answer first is not waited for here.
    else if (isAsked(plan) && performance.now() - since > quietMillis) break;
  }
  const { counts, lines } = plan;
  const told = [
    `Plan ${planId}: ${counts.settled} of ${counts.total} settled`,
    counts.asked > 0 ? `${counts.asked} asked of people` : '',
    counts.open > 0 ? `${counts.open} open` : '',
    counts.wrong > 0 ? `${counts.wrong} not done` : '',
  ];
  const wrong = lines
    .filter((line) => bad.has(line.status))
    .map(
      ({ person, app, entitlement, words: why }) =>
        `  ${person}, ${app}${entitlement ? ` (${entitlement})` : ''}: ${why ?? 'it could not be done.'}`,
    );
  const after = seconds > 0 && isMoving(plan) ? ['It is not settled yet; it goes on without this command.'] : [];
  const back = `Take it back with: groundcrew apply --undo ${planId} --reason "…"`;
  return {
    data: plan,
    words: [...words, `${told.filter(Boolean).join(', ')}.`, ...wrong, ...after, back],
    failed: counts.wrong > 0 || after.length > 0,
  };
}

/** Whether somebody works on while this command waits: a server, or none does on this machine, and `settle` has done what was due. */
async function isWorked({ local }: Session): Promise<boolean> {
  if (!local) return true;
  const { isServerRunning } = await import('../platform/hold-data-folder.ts');
  return isServerRunning(local.config.dataFolder);
}

type Plan = Answer<'getPlan'>;

const moving = new Set(['planned', 'attempting', 'reading', 'retrying']);
const bad = new Set(['did-not-obey', 'unknown']);
const quietMillis = 15_000;

const isMoving = (plan: Plan): boolean => plan.lines.some(({ status }) => moving.has(status));
const isAsked = (plan: Plan): boolean => plan.lines.some(({ status }) => status === 'asked');
const signature = (plan: Plan): string => plan.lines.map(({ status }) => status).join();
