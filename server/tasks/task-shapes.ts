import { z } from 'zod';

export const place = z.object({ zone: z.string(), name: z.string() });
const named = z.object({ id: z.string(), name: z.string() });

const evidenceLine = z.object({
  id: z.string(),
  fileName: z.string().nullable(),
  sha256: z.string().nullable(),
  url: z.string().nullable(),
  note: z.string().nullable(),
  attachedBy: z.string(),
  attachedAt: z.string(),
});

/** A task in a list. */
export const taskRow = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  status: z.string(),
  subject: named.nullable(),
  place,
  assignee: z.object({ name: z.string(), personId: z.string().nullable(), mine: z.boolean() }).nullable(),
  dueAt: z.string().nullable(),
  escalatedAt: z.string().nullable(),
  fallback: z.string().nullable(),
  answerKind: z.string().nullable(),
  answerWords: z.string().nullable(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
  doneBy: z.string().nullable(),
});

/** A task with all that is needed to do it. */
export const taskDetail = taskRow.extend({
  instructions: z.string(),
  linkUrl: z.string().nullable(),
  deputy: named.nullable(),
  askedBefore: z.array(z.string()),
  escalateAt: z.string().nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  form: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      kind: z.enum(['choice', 'person', 'text', 'date']),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
      only: z.object({ key: z.string(), values: z.array(z.string()) }).nullable(),
      otherwise: z.object({ value: z.string().nullable(), words: z.string() }).nullable(),
      words: z.string().nullable(),
    }),
  ),
  evidenceRequired: z.boolean(),
  evidence: z.array(evidenceLine),
  answer: z.string().nullable(),
  note: z.string().nullable(),
  aboutKind: z.string(),
  aboutId: z.string().nullable(),
  aboutMe: z.boolean(),
});

export const suggestedPeople = z.object({
  rows: z.array(z.object({ id: z.string(), name: z.string(), detail: z.string() })),
  total: z.number(),
});

export const finishing = { answer: z.string().max(4_000).nullish(), note: z.string().max(10_000).nullish() };
export const words = (least: number) => z.string().trim().min(least, 'Say in a few words why.').max(1_000);
