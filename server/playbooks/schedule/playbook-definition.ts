import { z } from '@hono/zod-openapi';

const duration = (words: string) =>
  z.string().refine(isDuration, { error: `${words} is a length of time, as PT4H (4 hours), P2D (2 days) or PT0S (at once).` });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'A time is written with two digits each, as "09:00", in quotes.' });
const days = z.int().min(-3650).max(3650);
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'This is empty.' })
    .max(most, { error: `At most ${most} characters.` });

/** Lower-case words joined by underscores, so that a condition can read `answers.key`. */
const key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'A key is lower-case words joined by underscores, as keep_mailbox.' });

export const anchors = ['told', 'last-working-day', 'cut-off', 'legal-end', 'start', 'first-morning', 'confirmed'] as const;
export type Anchor = (typeof anchors)[number];

/** What a playbook is for: somebody leaves, an employee joins, or somebody joins for a time (contractor, freelancer, temporary). */
export const moments = ['leaver', 'joiner', 'contractor'] as const;
export type PlaybookMoment = (typeof moments)[number];

/** The dates that a playbook of each moment may count from. */
export const anchorsOfMoment: Readonly<Record<PlaybookMoment, readonly Anchor[]>> = {
  leaver: ['told', 'last-working-day', 'cut-off', 'legal-end', 'confirmed'],
  joiner: ['start', 'first-morning', 'last-working-day', 'confirmed'],
  contractor: ['start', 'first-morning', 'last-working-day', 'confirmed'],
};

/**
 * A moment relative to a date of the person. `days` or `workingDays` (Monday to Friday, public holidays not known) move the local date,
 * `time` is local in the person's zone; `plus` is an exact length of time from an anchor that is an instant.
 */
const at = z.strictObject({
  anchor: z.enum(anchors),
  days: days.optional(),
  workingDays: days.optional(),
  time: time.optional(),
  plus: signedDuration().optional(),
});
export type Moment = z.infer<typeof at>;

/** How long after its beginning a step is due: a length of time, or days with a local time. */
const due = z.union([
  duration('A due time'),
  z.strictObject({ days: days.optional(), workingDays: days.optional(), time: time.optional() }),
]);
export type Due = z.infer<typeof due>;

/**
 * Who does a step. `leaver` and `joiner` are the person themselves, `sponsor` is who answers for a contractor (their manager), `facilities`
 * whoever runs operations, unless the playbook names a person.
 */
export const roles = ['ops', 'owner', 'manager', 'app-owner', 'hr', 'finance', 'facilities', 'sponsor', 'leaver', 'joiner'] as const;
const person = z.strictObject({ person: z.email({ error: 'A person is named by the work address.' }) });
const who = z.union([z.enum(roles), person]);
export type Who = z.infer<typeof who>;

const everyStep = {
  key,
  title: text(160),
  at,
  when: z.string().optional(),
  waitsFor: z.array(key).max(50).optional(),
  onlyAfterTold: z.boolean().optional(),
};
const asksSomebody = {
  ...everyStep,
  who,
  due: due.optional(),
  remind: z.array(duration('A reminder before the due time')).max(5).optional(),
  escalate: z.strictObject({ after: duration('The wait before escalation').optional(), to: who }).optional(),
  instructions: text(4000).optional(),
};

const question = z.strictObject({
  answer: z.enum(['yes-no', 'choice', 'person', 'text', 'date']),
  options: z
    .array(z.strictObject({ value: key, label: text(160) }))
    .min(2)
    .max(20)
    .optional(),
  otherwise: z.union([z.string(), z.boolean()]).optional(),
});

/** `count` reads every account afresh and closes nothing; `suspend` is meant when nothing is said. */
const revokeAccess = z.strictObject({
  ...everyStep,
  kind: z.literal('revoke-access'),
  accounts: z.enum(['sign-in-first', 'all-at-once']).optional(),
  access: z.enum(['count', 'suspend', 'remove-licences', 'delete']).optional(),
});
/** What somebody is not ready without on the first morning. */
const readiness = z.enum(['device', 'sign-in', 'policy', 'other']).optional();
/** `thing`: what the task brings, as the new colleague would call it ("Laptop"). */
const task = z.strictObject({
  ...asksSomebody,
  kind: z.literal('task'),
  evidence: z.boolean().optional(),
  readiness,
  thing: text(80).optional(),
});
const ask = z.strictObject({ ...asksSomebody, kind: z.literal('question'), question, readiness });
const approval = z.strictObject({ ...asksSomebody, kind: z.literal('approval') });
const message = z.strictObject({
  ...everyStep,
  kind: z.literal('message'),
  message: z.strictObject({ to: z.union([z.enum([...roles, 'team']), person]), subject: text(200), text: text(8000) }),
});
const wait = z.strictObject({ ...everyStep, kind: z.literal('wait') });
const handOver = z.strictObject({
  ...everyStep,
  kind: z.literal('hand-over-ownership'),
  to: z.union([z.literal('deputy-or-manager'), z.strictObject({ answer: key })]),
  provisional: z.boolean().optional(),
});
const path = z
  .string()
  .max(2000)
  .regex(/^\/(?!\/)[^\s\\]*$/, { error: 'A path starts with one slash and names no host: the host is that of the connection.' });
const httpCall = z.strictObject({
  ...everyStep,
  kind: z.literal('http-call'),
  connection: text(160),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path,
  /** Any JSON: YAML and request bodies hold nothing else. */
  body: z.unknown().optional(),
  effect: z.enum(['convergent', 'keyed', 'unrepeatable']).optional(),
});

/** Gives what the rules say, the sign-in system first; every account and role is read back. */
const grantAccess = z.strictObject({ ...everyStep, kind: z.literal('grant-access') });
/** Looks whether everything is usable, and writes to whoever can mend it and to the manager where it is not. */
const checkReadiness = z.strictObject({ ...everyStep, kind: z.literal('check-readiness'), tell: z.array(who).min(1).max(5).optional() });
/** The one-time invitation: a signed link to the page that shows the new colleague their address, their way in and their first days. */
const welcome = z.strictObject({
  ...everyStep,
  kind: z.literal('welcome'),
  /** `first-morning` asks "do you have everything?". */
  about: z.enum(['before', 'first-morning']).optional(),
});

const stepKinds = [revokeAccess, grantAccess, checkReadiness, welcome, task, ask, approval, message, wait, handOver, httpCall] as const;

export const kinds = stepKinds.map((kind) => kind.shape.kind.value);

/** One step. Its `kind` decides which further fields it has; any other field is refused. */
export const playbookStep = z.discriminatedUnion('kind', stepKinds);

/** A playbook: the shape of the YAML that people write, and of what is stored with each version. */
export const playbookDefinition = z.strictObject({
  name: text(120),
  for: z.enum(moments),
  description: text(1000).optional(),
  steps: z.array(playbookStep).min(1, { error: 'A playbook needs at least one step.' }).max(200),
});

export type PlaybookStep = z.infer<typeof playbookStep>;
export type StepKind = PlaybookStep['kind'];
export type PlaybookDefinition = z.infer<typeof playbookDefinition>;

/** The fields that may stand at a place, for the words of an error; the place is the name that holds them, or the kind of the step. */
export const knownFields: Readonly<Record<string, readonly string[]>> = {
  playbook: Object.keys(playbookDefinition.shape),
  at: Object.keys(at.shape),
  due: ['days', 'workingDays', 'time'],
  escalate: ['after', 'to'],
  question: Object.keys(question.shape),
  options: ['value', 'label'],
  message: ['to', 'subject', 'text'],
  who: ['person'],
  ...Object.fromEntries(stepKinds.map((kind) => [`step ${kind.shape.kind.value}`, Object.keys(kind.shape)])),
};

function isDuration(value: string): boolean {
  try {
    const length = Temporal.Duration.from(value);
    return length.sign >= 0 && length.years === 0 && length.months === 0;
  } catch {
    return false;
  }
}

function signedDuration() {
  const mend = '"plus" is an exact length of time in hours, minutes or seconds, as PT1H or -PT1H. Whole days stand in "days".';
  return z.string().refine(
    (value) => {
      try {
        const length = Temporal.Duration.from(value);
        return length.years === 0 && length.months === 0 && length.weeks === 0 && length.days === 0;
      } catch {
        return false;
      }
    },
    { error: mend },
  );
}
