import { z } from 'zod';

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
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

const check = z.object({ name: z.string(), ok: z.boolean().nullable(), words: z.string() });
export const tested = z.object({ ok: z.boolean(), checks: z.array(check) });

export const tried = z.object({
  steps: z.array(z.object({ id: z.string(), title: z.string(), asks: z.string().nullable() })),
  tried: z
    .object({ request: z.string(), answer: z.string().nullable(), understood: z.array(z.string()), ok: z.boolean().nullable() })
    .nullable(),
  problem: z.string().nullable(),
});

const formField = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  kind: z.enum(['text', 'long', 'number', 'choice', 'list', 'switch']),
  choices: z.array(z.object({ value: z.string(), title: z.string() })),
  default: z.unknown(),
  required: z.boolean(),
  least: z.number().nullable(),
  most: z.number().nullable(),
  onlyFor: z.object({ setting: z.string(), value: z.string() }).nullable(),
  rare: z.boolean(),
});

const setUpLine = z.object({ words: z.string(), link: z.string().nullable() });
export const setUp = z.object({ steps: z.array(setUpLine) });

export const connectorLine = z.object({
  id: z.string(),
  name: z.string(),
  sentence: z.string(),
  reads: z.enum(['connection', 'list', 'people']),
  actions: z.array(z.string()),
  settings: z.array(formField),
  secrets: z.array(formField),
  tellsPeople: z.boolean(),
  readsAccounts: z.boolean(),
  isTriedByStep: z.boolean(),
  followsChanges: z.boolean(),
  profile: z
    .object({
      rights: z.array(z.object({ right: z.string(), for: z.string() })),
      plan: z.string(),
      inbound: z.string().nullable(),
      cannotKnow: z.array(z.string()),
      verifiedLive: z.string().nullable(),
      setUp: z.array(setUpLine),
    })
    .nullable(),
});

const counts = z.record(z.string(), z.unknown());

export const connectionLine = z.object({
  id: z.string(),
  appId: z.string(),
  app: z.string(),
  connector: z.string(),
  connectorName: z.string(),
  settings: z.record(z.string(), z.unknown()),
  hasSecrets: z.boolean(),
  status: z.enum(['new', 'healthy', 'failing', 'paused']),
  syncEveryMinutes: z.number().nullable(),
  takesPeople: z.boolean(),
  nextSyncAt: z.string().nullable(),
  lastChecks: z.array(check).nullable(),
  lastOkAt: z.string().nullable(),
  lastProblem: z.string().nullable(),
  failingSince: z.string().nullable(),
  createdAt: z.string(),
  lastSync: z
    .object({
      id: z.string(),
      status: z.string(),
      counts,
      heldReasons: z.array(z.string()),
      problem: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
});

export const syncLine = z.object({
  id: z.string(),
  appId: z.string(),
  app: z.string(),
  kind: z.enum(['sync', 'list']),
  status: z.enum(['preview', 'queued', 'running', 'held', 'done', 'failed', 'discarded']),
  fileName: z.string().nullable(),
  declaredComplete: z.boolean(),
  asOf: z.string().nullable(),
  counts,
  notes: z.array(z.string()),
  heldReasons: z.array(z.string()),
  problem: z.string().nullable(),
  by: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

const columns = z.array(z.number().int().min(0).max(1_000)).max(50);
const fields = [
  'externalId',
  'userName',
  'address',
  'aliases',
  'displayName',
  'givenName',
  'familyName',
  'employeeNumber',
  'status',
  'enabled',
  'blocked',
  'endedAt',
  'isAdmin',
  'role',
  'lastActivityAt',
  'licences',
  'groups',
  'userType',
] as const;

/** Which columns (indexes from 0) hold what. */
export const mapping = z.partialRecord(z.enum(fields), columns);
export const dateOrder = z.enum(['day-first', 'month-first', 'iso']);

export const syncView = syncLine.extend({
  list: z
    .object({
      headings: z.array(z.string()),
      mapping,
      dateOrder: z.string().nullable(),
      remembered: z.boolean(),
      unrecognised: z.array(z.object({ column: z.number(), heading: z.string(), samples: z.array(z.string()) })),
      sample: z.array(
        z.object({
          row: z.number(),
          account: z.string(),
          name: z.string().nullable(),
          status: z.string().nullable(),
          isAdmin: z.boolean().nullable(),
          employeeNumber: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
});

export const problemLine = z.object({
  field: z.string().optional(),
  row: z.number().optional(),
  value: z.string().optional(),
  message: z.string(),
});
