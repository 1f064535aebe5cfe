import { z } from '@hono/zod-openapi';
import { comparisons } from '../edit/condition-rows.ts';
import { tryDates } from '../edit/try-dates.ts';
import { kinds, moments, playbookDefinition } from '../schedule/playbook-definition.ts';

const maybe = z.string().nullable();

export const playbookRow = z.object({
  id: z.string(),
  name: z.string(),
  moment: z.enum(moments),
  version: z.number(),
  madeBy: maybe,
  changedAt: z.string(),
  steps: z.number(),
  openRuns: z.number(),
});

export const changesBody = z.object({
  words: z.string(),
  whole: z.array(z.string()),
  steps: z.array(
    z.object({ key: z.string(), title: z.string(), change: z.enum(['added', 'removed', 'changed']), words: z.array(z.string()) }),
  ),
});

export const outlinedStep = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(kinds),
  position: z.number(),
  part: z.enum(['before', 'day', 'after']),
  moment: z.number(),
  waitsFor: z.array(z.string()),
  fixed: z.boolean(),
  condition: z
    .object({
      join: z.enum(['all', 'any']),
      rows: z.array(z.object({ field: z.string(), is: z.enum(comparisons), value: z.union([z.string(), z.number(), z.boolean()]) })),
    })
    .nullable(),
  when: z.string(),
  details: z.array(z.string()),
  rules: z.array(z.string()),
});

const choice = z.object({ value: z.string(), label: z.string() });

export const playbookBody = playbookRow.extend({
  definition: playbookDefinition,
  yaml: z.string(),
  outline: z.array(outlinedStep),
  choices: z.object({
    anchors: z.array(choice.extend({ instant: z.boolean() })),
    kinds: z.array(choice),
    who: z.array(choice),
    facts: z.array(z.object({ field: z.string(), label: z.string(), type: z.string(), known: z.array(z.string()) })),
    placeholders: z.array(z.string()),
  }),
  versions: z.array(
    z.object({
      id: z.string(),
      version: z.number(),
      madeBy: maybe,
      note: maybe,
      createdAt: z.string(),
      changes: changesBody.nullable(),
      openRuns: z.number(),
    }),
  ),
});

export const problemBody = z.object({
  field: z.string().optional(),
  row: z.number().optional(),
  value: z.string().optional(),
  message: z.string(),
});

export const draftBody = z.object({
  yaml: z.string().max(200_000).optional(),
  /** The playbook as JSON; what is wrong in it is answered by field. With a text beside it, it is written over that text. */
  definition: z.unknown().optional(),
});

export const triedBody = z.object({
  person: z.object({ id: z.string(), name: z.string(), givenName: z.string(), zone: z.string(), place: maybe }),
  zone: z.string(),
  dates: tryDates,
  words: z.string(),
  note: maybe,
  steps: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      kind: z.enum(kinds),
      who: maybe,
      at: maybe,
      note: maybe,
      words: z.string(),
      applies: z.boolean().nullable(),
      why: maybe,
      late: z.boolean(),
      waitsFor: z.array(z.string()),
    }),
  ),
});

export const pictureStep = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.string(),
  status: z.string(),
  at: maybe,
  doneAt: maybe,
  waitsForPerson: maybe,
  waitsFor: z.array(z.string()),
});
