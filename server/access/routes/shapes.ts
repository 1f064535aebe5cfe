import { z } from 'zod';

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
export const nullable = z.string().nullable();
export const named = z.object({ id: z.string(), name: z.string() });
export const loser = z.object({ id: z.string(), name: z.string(), apps: z.array(z.string()) });
export const reason = z.string().trim().min(3, 'Write a sentence.').max(1_000);
export const optionalReason = z.string().trim().max(1_000).nullable().optional();
/** Somebody has seen how many people lose something, and says why it may happen. */
export const brakeRelease = z.object({ people: z.number().int().min(1), reason });
export const ruleParams = z.object({ ruleId: z.uuid() });
export const planParams = z.object({ planId: z.uuid() });
