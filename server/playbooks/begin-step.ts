import { addMissingActions, listActions, markApplying } from '../access/index.ts';
import { startSync } from '../connections/index.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import { queueMail } from '../platform/mail.ts';
import { type AnswerKind, openTask } from '../tasks/index.ts';
import { closeOwnDoor } from './close-own-door.ts';
import { messageValues } from './message-values.ts';
import { moveOwnerships } from './move-ownerships.ts';
import type { RunRow } from './run-row.ts';
import { fillPlaceholders } from './schedule/fill-placeholders.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';
import { dueInstant } from './schedule/step-instant.ts';
import { whoDoesIt } from './who-does-it.ts';

/** What beginning a step led to. `waiting`: for a person or for other systems; news will end it. `call`: the network is needed, outside this transaction. */
/** `wakeAt`: look at the step again then, whatever happened meanwhile. */
export type Begun = {
  status: 'done' | 'waiting' | 'working' | 'failed' | 'call';
  words: string;
  taskId?: string;
  result?: unknown;
  wakeAt?: string;
};

type Kind = PlaybookStep['kind'];
type Begin<K extends Kind> = (ctx: Context, run: RunRow, step: Extract<PlaybookStep, { kind: K }>, stepId: string) => Promise<Begun>;

/** How each kind of step begins. Everything here is in one transaction with the step's own state: it happens with it, or not at all. */
const beginKind: { [K in Kind]: Begin<K> } = {
  wait: async () => ({ status: 'done', words: 'The time has come.' }),
  message: sendMessage,
  task: (ctx, run, step, stepId) => ask(ctx, run, step, stepId, { kind: 'task', evidenceRequired: step.evidence ?? false }),
  approval: (ctx, run, step, stepId) =>
    ask(ctx, run, step, stepId, {
      kind: 'approval',
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    }),
  question: (ctx, run, step, stepId) =>
    ask(ctx, run, step, stepId, { kind: 'question', options: optionsOf(step), answerKind: step.question.answer }),
  'revoke-access': revokeAccess,
  'hand-over-ownership': handOver,
  'http-call': async (_ctx, _run, step) => ({ status: 'call', words: `Calls ${step.connection}.` }),
};

export const beginStep = (ctx: Context, run: RunRow, step: PlaybookStep, stepId: string): Promise<Begun> =>
  (beginKind[step.kind] as Begin<Kind>)(ctx, run, step, stepId);

async function sendMessage(ctx: Context, run: RunRow, step: Extract<PlaybookStep, { kind: 'message' }>, stepId: string): Promise<Begun> {
  const to = step.message.to;
  const ids = to === 'team' ? await teamOf(ctx, run) : await whoDoesIt(ctx, to, run);
  const recipients = ids.length
    ? await ctx.db
        .selectFrom('people_people')
        .select(['id', 'work_address', 'personal_address'])
        .where(
          'id',
          'in',
          ids.filter((id) => to === 'leaver' || id !== run.person_id),
        )
        .execute()
    : [];
  const values = await messageValues(ctx, run);
  let sent = 0;
  for (const person of to === 'team' || to === 'leaver' ? recipients : recipients.slice(0, 1)) {
    // After the cut-off the work address is closed: the leaver is reached at the personal one.
    const hasLeft = person.id === run.person_id && Temporal.Instant.compare(run.cut_off_at, ctx.now) <= 0;
    const address = hasLeft ? person.personal_address : (person.work_address ?? person.personal_address);
    if (!address) continue;
    await queueMail(ctx, {
      toPersonId: person.id,
      toAddress: address,
      subject: fillPlaceholders(step.message.subject, values),
      body: fillPlaceholders(step.message.text, values),
      dedupeKey: `step ${stepId} ${person.id}`,
      concealmentId: run.concealment_id,
    });
    sent += 1;
  }
  return sent > 0
    ? { status: 'done', words: sentWords(sent, ctx.platform.config.smtpUrl !== null) }
    : { status: 'done', words: 'Nobody to write to has an address. No message was sent.' };
}

// Said for good: whether each went out stands in the outbox.
function sentWords(sent: number, isSent: boolean): string {
  const written = sent === 1 ? 'One message was written' : `${sent} messages were written`;
  return isSent
    ? `${written} and handed to the mail server.`
    : `${written}. No mail server is set up: ${sent === 1 ? 'it stays' : 'they stay'} in the outbox, unsent.`;
}

async function teamOf(ctx: Context, run: RunRow): Promise<string[]> {
  if (!run.manager_person_id) return [];
  const rows = await ctx.db
    .selectFrom('people_roster')
    .select('id')
    .where('manager_id', '=', run.manager_person_id)
    .where('status', '!=', 'left')
    .where('id', '!=', run.person_id)
    .execute();
  return [run.manager_person_id, ...rows.map((row) => row.id)];
}

function optionsOf(step: Extract<PlaybookStep, { kind: 'question' }>) {
  if (step.question.answer === 'yes-no')
    return [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ];
  return step.question.options ?? null;
}

type Asking = Extract<PlaybookStep, { kind: 'task' | 'question' | 'approval' }>;

async function ask(
  ctx: Context,
  run: RunRow,
  step: Asking,
  stepId: string,
  more: {
    kind: 'task' | 'question' | 'approval';
    options?: { value: string; label: string }[] | null;
    answerKind?: AnswerKind;
    evidenceRequired?: boolean;
  },
): Promise<Begun> {
  const due = dueInstant(step.due, ctx.now, run.zone);
  const escalate = step.escalate ? (due ?? ctx.now).add(step.escalate.after ?? 'PT0S') : null;
  const next = step.escalate ? await whoDoesIt(ctx, step.escalate.to, run) : [];
  const reminders = due
    ? (step.remind ?? [])
        .map((before) => due.toZonedDateTimeISO(run.zone).subtract(before).toInstant())
        .filter((at) => Temporal.Instant.compare(at, ctx.now) > 0)
    : [];
  const taskId = await openTask(ctx, {
    kind: more.kind,
    title: `${step.title}${step.who === 'leaver' ? '' : ` (${run.person})`}`,
    instructions: step.instructions ?? step.title,
    aboutKind: 'step',
    aboutId: stepId,
    subjectPersonId: run.person_id,
    candidates: [...(await whoDoesIt(ctx, step.who, run)), ...next],
    never: step.who === 'leaver' ? null : run.person_id,
    dueAt: due?.toString() ?? null,
    remindAt: reminders.map(String),
    escalateAt: escalate?.toString() ?? null,
    fallback: fallbackWords(step),
    options: more.options ?? null,
    answerKind: more.answerKind ?? null,
    evidenceRequired: more.evidenceRequired ?? false,
    bundle: `leaving ${run.person_id}`,
    concealmentId: run.concealment_id,
  });
  const falls = step.kind === 'question' && step.question.otherwise !== undefined && due !== null;
  return { status: 'waiting', words: 'Asked.', taskId, ...(falls ? { wakeAt: due.toString() } : {}) };
}

function fallbackWords(step: Asking): string | null {
  if (step.kind !== 'question' || step.question.otherwise === undefined) return null;
  return `Without an answer in time this is taken: ${otherwiseWords(step)}.`;
}

/** What a question falls to without an answer, in words. */
export function otherwiseWords(step: Extract<PlaybookStep, { kind: 'question' }>): string {
  const { otherwise } = step.question;
  if (typeof otherwise === 'boolean') return otherwise ? 'Yes' : 'No';
  return optionsOf(step)?.find((option) => option.value === otherwise)?.label ?? String(otherwise);
}

async function revokeAccess(
  ctx: Context,
  run: RunRow,
  step: Extract<PlaybookStep, { kind: 'revoke-access' }>,
  stepId: string,
): Promise<Begun> {
  const what = step.access ?? 'suspend';
  if (!run.plan_id) return { status: 'done', words: 'There is no plan.' };
  if (what === 'count') {
    const found = await addMissingActions(ctx, {
      planId: run.plan_id,
      personId: run.person_id,
      dueAt: run.cut_off_at,
      concealmentId: run.concealment_id,
    });
    const apps = [
      ...new Set((await listActions(ctx, [run.plan_id])).filter((action) => action.writer === 'connection').map((action) => action.app_id)),
    ];
    for (const appId of apps) await startSync(ctx, appId).catch(unlessRefused);
    return {
      status: 'done',
      words: `${apps.length} ${apps.length === 1 ? 'app is' : 'apps are'} read afresh${found > 0 ? `; ${found} more found` : ''}.`,
    };
  }
  if (what === 'suspend') {
    await addMissingActions(ctx, {
      planId: run.plan_id,
      personId: run.person_id,
      dueAt: run.cut_off_at,
      concealmentId: run.concealment_id,
    });
    await markApplying(ctx, run.plan_id);
    const ownDoor = await closeOwnDoor(ctx, run.person_id);
    return { status: 'working', words: ['The sign-in system first, the others seconds later.', ownDoor].filter(Boolean).join(' ') };
  }
  return { status: 'waiting', words: 'Asked.', taskId: await askForLater(ctx, run, stepId, what) };
}

// A connection that is paused is not read; that is no reason to stop the run.
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

// Deleting and taking licences away cannot be undone: people do it in the apps, from a list, and say so.
async function askForLater(ctx: Context, run: RunRow, stepId: string, what: 'remove-licences' | 'delete'): Promise<string> {
  const lines = (await listActions(ctx, [run.plan_id!]))
    .filter((action) => action.account_id && action.status !== 'withdrawn')
    .map((action) => `- ${action.app}: ${action.account ?? 'the account'}`);
  return openTask(ctx, {
    kind: 'task',
    title: `${what === 'delete' ? 'Delete the suspended accounts' : 'Free the licences'} of ${run.person}`,
    instructions: `${what === 'delete' ? 'Delete these accounts in the apps. It cannot be undone.' : 'Take the paid licence or seat from these accounts. They stay suspended.'}\n\n${lines.join('\n')}`,
    aboutKind: 'step',
    aboutId: stepId,
    subjectPersonId: run.person_id,
    candidates: await whoDoesIt(ctx, 'ops', run),
    never: run.person_id,
    dueAt: ctx.now.add({ hours: 24 * 7 }).toString(),
    evidenceRequired: true,
    concealmentId: run.concealment_id,
  });
}

async function handOver(ctx: Context, run: RunRow, step: Extract<PlaybookStep, { kind: 'hand-over-ownership' }>): Promise<Begun> {
  const answers = run.answers as Record<string, unknown>;
  const chosen = typeof step.to === 'object' ? answers[step.to.answer] : null;
  const toPersonId = typeof chosen === 'string' && /^[0-9a-f-]{36}$/.test(chosen) && chosen !== run.person_id ? chosen : null;
  if (typeof step.to === 'object' && !toPersonId)
    return { status: 'done', words: 'Nobody was named. What fell provisionally stays where it is until somebody confirms it.' };
  const { moved, open } = await moveOwnerships(ctx, run, { provisional: step.provisional ?? false, toPersonId });
  const words = `${moved} ${moved === 1 ? 'ownership' : 'ownerships'} moved${open > 0 ? `; ${open} have nobody to fall to and stay open` : ''}.`;
  return { status: 'done', words, result: { moved, open } };
}
