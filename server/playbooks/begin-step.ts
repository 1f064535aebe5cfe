import type { Context } from '../platform/context.ts';
import { queueMail } from '../platform/mail.ts';
import { type AnswerKind, openTask } from '../tasks/index.ts';
import { handOver, revokeAccess } from './begin-leaving-step.ts';
import { beginReadiness, grantAccess } from './joining/begin-joining-step.ts';
import { sendWelcome } from './joining/welcome/send-welcome.ts';
import { messageValues } from './message-values.ts';
import { joiningOf, type RunRow } from './run-row.ts';
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
  'grant-access': (ctx, run) => grantAccess(ctx, joiningOf(run)),
  'check-readiness': (ctx, run) => beginReadiness(ctx, joiningOf(run)),
  welcome: (ctx, run, step) => sendWelcome(ctx, joiningOf(run), { about: step.about ?? 'before' }),
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
          ids.filter((id) => isSelf(to) || id !== run.person_id),
        )
        .execute()
    : [];
  const values = await messageValues(ctx, run);
  let sent = 0;
  for (const person of to === 'team' || isSelf(to) ? recipients : recipients.slice(0, 1)) {
    const address = person.id === run.person_id ? addressOf(ctx, run, person) : (person.work_address ?? person.personal_address);
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

const isSelf = (who: unknown): boolean => who === 'leaver' || who === 'joiner';

// After the cut-off the work address is closed, and before the first morning nobody reads it: the person is reached at the personal one.
function addressOf(ctx: Context, run: RunRow, person: { work_address: string | null; personal_address: string | null }): string | null {
  if (run.cut_off_at && Temporal.Instant.compare(run.cut_off_at, ctx.now) <= 0) return person.personal_address;
  const isBefore = run.starts_at !== null && Temporal.Instant.compare(run.starts_at, ctx.now) > 0;
  return isBefore ? (person.personal_address ?? person.work_address) : (person.work_address ?? person.personal_address);
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
    title: `${step.title}${isSelf(step.who) ? '' : ` (${run.person})`}`,
    instructions: step.instructions ?? step.title,
    aboutKind: 'step',
    aboutId: stepId,
    subjectPersonId: run.person_id,
    candidates: [...(await whoDoesIt(ctx, step.who, run)), ...next],
    never: isSelf(step.who) ? null : run.person_id,
    dueAt: due?.toString() ?? null,
    remindAt: reminders.map(String),
    escalateAt: escalate?.toString() ?? null,
    fallback: fallbackWords(step),
    options: more.options ?? null,
    answerKind: more.answerKind ?? null,
    evidenceRequired: more.evidenceRequired ?? false,
    bundle: `${run.moment === 'leaver' ? 'leaving' : 'joining'} ${run.person_id}`,
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
