import { z } from 'zod';
import { dataTopics } from '../data/data-topics.ts';
import { lineStatuses, sectionKeys } from '../proof/proof-document.ts';

const maybe = z.string().nullable();

export const momentBody = z.object({
  zone: z.string(),
  cutOffAt: z.string(),
  cutOffLocal: z.string(),
  note: maybe,
  isNow: z.boolean(),
  lastWorkingDay: z.string(),
  legalEnd: maybe,
  toldAt: z.string(),
});

export const runRow = z.object({
  id: z.string(),
  person_id: z.string(),
  person: z.string(),
  title: maybe,
  department: maybe,
  place: maybe,
  status: z.string(),
  zone: z.string(),
  cut_off_at: z.string(),
  cut_off_local: maybe,
  told_at: z.string(),
  last_working_day: maybe,
  sensitive: z.boolean(),
  attempted_at: maybe,
  confirmed_by: z.string(),
  confirmed_at: z.string(),
  ended_at: maybe,
  proof_status: maybe,
  reopened_at: maybe,
  lines: z.object({ total: z.number(), settled: z.number(), open: z.number(), wrong: z.number(), asked: z.number() }),
});

export const stepRow = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  status: z.string(),
  due_at: maybe,
  due_note: maybe,
  started_at: maybe,
  done_at: maybe,
  words: maybe,
  decided_by: maybe,
  decided_reason: maybe,
  task_id: maybe,
  task_due_at: maybe,
  task_status: maybe,
  waits_for: maybe,
});

export const actionRow = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  position: z.number(),
  app_id: z.string(),
  app: z.string(),
  writer: z.string(),
  via: maybe,
  account: maybe,
  account_status: maybe,
  due_at: z.string(),
  first_attempt_at: maybe,
  answered_at: maybe,
  answer: maybe,
  attempts: z.number(),
  reads: z.number(),
  observed: maybe,
  read_at: maybe,
  verified_at: maybe,
  problem: maybe,
  next_at: maybe,
  task_id: maybe,
  asked: maybe,
  task_status: maybe,
  task_due_at: maybe,
  decided_by: maybe,
  decided_at: maybe,
  decided_reason: maybe,
});

export const handoverRow = z.object({
  id: z.string(),
  object_kind: z.string(),
  label: z.string(),
  status: z.string(),
  to_person_id: maybe,
  heir: maybe,
  provisional: z.boolean(),
  moved_at: maybe,
  chosen_by: maybe,
  decided_reason: maybe,
});

const lineBody = z.object({
  id: z.string(),
  subject: z.string(),
  detail: z.string(),
  status: z.enum(lineStatuses),
  how: z.record(z.string(), z.record(z.string(), z.unknown())),
  history: z.array(z.object({ at: z.string(), text: z.string() })),
});

/** An addendum of the proof, which nobody signs. */
export const laterBody = z.object({ key: z.string(), title: z.string(), lines: z.array(lineBody) });

export const sectionBody = z.object({
  key: z.enum(sectionKeys),
  title: z.string(),
  signature: z.object({ signedBy: z.object({ id: z.string(), name: z.string() }), at: z.string(), keyFingerprint: z.string() }).nullable(),
  lines: z.array(lineBody),
  counts: z.record(z.string(), z.number()),
});

export const attemptRow = z.object({
  action_id: z.string(),
  kind: z.string(),
  at: z.string(),
  words: z.string(),
  ok: z.boolean().nullable(),
});

/** What becomes of the data of a leaver. */
export const dataBody = z.object({
  topics: z.array(
    z.object({
      topic: z.enum(dataTopics),
      choices: z.array(z.object({ value: z.string(), label: z.string() })),
      choice: maybe,
      to: z.object({ id: z.string(), name: z.string() }).nullable(),
      text: maybe,
      until: maybe,
      because: maybe,
    }),
  ),
  asked: z.object({ taskId: z.string(), who: maybe, dueAt: maybe }).nullable(),
  later: z.array(laterBody),
  hold: z.object({ id: z.string(), reason: z.string(), placedBy: z.string(), placedAt: z.string() }).nullable(),
});
