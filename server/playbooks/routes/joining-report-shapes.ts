import { z } from 'zod';
import { cause } from './joining-shapes.ts';

const maybe = z.string().nullable();

const waited = z.object({
  runId: z.string(),
  person: z.string(),
  /** Working days. */
  days: z.number(),
  things: z.array(z.string()),
  isOpen: z.boolean(),
});

const spread = z.object({ median: z.number(), least: z.number(), most: z.number() }).nullable();

const figures = z.object({
  reached: z.number(),
  inTime: z.number(),
  open: z.number(),
  late: z.number(),
  left: z.number(),
  unknown: z.number(),
  days: spread,
  workingDays: spread,
});

const group = figures.extend({ name: maybe });

export const joiningReportBody = z.object({
  since: maybe,
  found: z.number(),
  started: z.number(),
  ready: z.number(),
  unknown: z.number(),
  days: z.number(),
  hires: z.array(waited.extend({ startOn: z.string(), morning: z.enum(['ready', 'missing', 'unknown']) })),
  causes: z.array(z.object({ cause, days: z.number(), hires: z.array(waited) })),
  apps: z.array(z.object({ appId: z.string(), app: z.string(), days: z.number(), hires: z.array(waited) })),
  milestones: z.array(
    figures.extend({
      id: z.string(),
      name: z.string(),
      targetDays: z.number(),
      isGone: z.boolean(),
      hires: z.array(
        z.object({
          runId: z.string(),
          person: z.string(),
          state: z.enum(['reached', 'open', 'left', 'unknown']),
          days: z.number().nullable(),
          targetOn: z.string(),
          isLate: z.boolean(),
        }),
      ),
      byDepartment: z.array(group),
      byTitle: z.array(group),
    }),
  ),
});
