import { z } from 'zod';
import { accountStates } from '../account-state.ts';
import { writers } from '../check-app-fields.ts';

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

const text = (most: number) => z.string().trim().max(most);
const optional = (most: number) => text(most).nullable().optional();

/** What a person may say about an app. Left out: stays. null: taken away. */
export const appFields = {
  capability: optional(200),
  ownerPersonId: z.uuid().nullable().optional(),
  deputyPersonId: z.uuid().nullable().optional(),
  writer: z.enum(writers).optional(),
  writerAppId: z.uuid().nullable().optional(),
  writerEntitlement: optional(300),
  signIn: z.boolean().optional(),
  instructionsGrant: optional(5_000),
  instructionsRevoke: optional(5_000),
  deepLink: optional(2_000),
};
export const appName = text(200).min(1, 'Write the name that people use for the app.');

const person = z.string().nullable();

export const appRow = z.object({
  id: z.string(),
  name: z.string(),
  capability: z.string().nullable(),
  ownerPersonId: person,
  owner: z.string().nullable(),
  ownerHasLeft: z.boolean(),
  deputyPersonId: person,
  deputy: z.string().nullable(),
  writer: z.enum(writers),
  writerAppId: z.string().nullable(),
  writerApp: z.string().nullable(),
  writerEntitlement: z.string().nullable(),
  signIn: z.boolean(),
  instructionsGrant: z.string().nullable(),
  instructionsRevoke: z.string().nullable(),
  deepLink: z.string().nullable(),
  reading: z.object({ id: z.string(), source: z.string(), label: z.string(), asOf: z.string(), complete: z.boolean() }).nullable(),
  stale: z.boolean(),
  accounts: z.number(),
  zombies: z.number(),
  unknown: z.number(),
  orphans: z.number(),
  suggested: z.number(),
  services: z.number(),
  unownedServices: z.number(),
  suspended: z.number(),
  gone: z.number(),
});

export const accountLine = z.object({
  id: z.string(),
  appId: z.string(),
  app: z.string(),
  writer: z.string(),
  deepLink: z.string().nullable(),
  ownerPersonId: person,
  owner: z.string().nullable(),
  userName: z.string().nullable(),
  address: z.string().nullable(),
  displayName: z.string().nullable(),
  externalId: z.string(),
  state: z.enum(accountStates),
  status: z.string().nullable(),
  reason: z.string(),
  isAdmin: z.boolean().nullable(),
  role: z.string().nullable(),
  kind: z.string(),
  personId: person,
  person: z.string().nullable(),
  matchedHow: z.string().nullable(),
  suggestedPersonId: person,
  suggestedPerson: z.string().nullable(),
  suggestedWhy: z.string().nullable(),
  serviceOwnerId: person,
  serviceOwner: z.string().nullable(),
  lastActivityAt: z.string().nullable(),
  asOf: z.string(),
  source: z.string(),
  label: z.string(),
  leftAt: z.string().nullable(),
  timeZone: z.string().nullable(),
});

export const rowsOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number(), nextOffset: z.number().nullable() });
/** A page of a list, with where the next one begins (null at the end). */
export function paged<Row>(
  query: { offset: number },
  found: { rows: Row[]; total: number },
): { rows: Row[]; total: number; nextOffset: number | null } {
  const next = query.offset + found.rows.length;
  return { ...found, nextOffset: found.rows.length > 0 && next < found.total ? next : null };
}
export const changed = z.object({ ok: z.literal(true) });
export const appParams = z.object({ appId: z.uuid() });
