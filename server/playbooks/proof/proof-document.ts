import { z } from '@hono/zod-openapi';

const instant = z.string().refine(isInstant, { error: 'An instant in UTC is expected, as 2026-11-25T13:00:00Z.' });
const text = z.string().min(1).max(2000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const httpLink = z.url({ protocol: /^https?$/ });

/**
 * What is known of a line. `verified`: a machine read it. `evidenced`: a person vouched with evidence. `overridden`: a person decided
 * otherwise. `unknown`: nobody could find out. `open`, `waiting` and `did-not-obey` keep the proof open.
 */
export const lineStatuses = ['did-not-obey', 'open', 'waiting', 'unknown', 'overridden', 'evidenced', 'verified'] as const;
export type LineStatus = (typeof lineStatuses)[number];

const read = z.strictObject({ connection: text, at: instant, observed: text });
const evidence = z.strictObject({
  by: text,
  at: instant,
  note: z.string().max(4000),
  files: z.array(z.strictObject({ name: text, sha256 })).max(50),
  links: z.array(httpLink).max(50),
});
const override = z.strictObject({ by: text, at: instant, reason: text });
const unknown = z.strictObject({ why: text });
const open = z.strictObject({ why: text, waitsFor: text.nullable(), due: instant.nullable() });

/** How we know. Each status has its own kind of knowing; see howOfStatus. */
const how = z.union([
  z.strictObject({ read }),
  z.strictObject({ evidence }),
  z.strictObject({ override }),
  z.strictObject({ unknown }),
  z.strictObject({ open }),
]);
export type LineHow = z.infer<typeof how>;

const howOfStatus: Record<LineStatus, 'read' | 'evidence' | 'override' | 'unknown' | 'open'> = {
  verified: 'read',
  'did-not-obey': 'read',
  evidenced: 'evidence',
  overridden: 'override',
  unknown: 'unknown',
  open: 'open',
  waiting: 'open',
};

const line = z
  .strictObject({
    id: text,
    subject: z.string().min(1).max(200),
    detail: z.string().max(500),
    status: z.enum(lineStatuses),
    how,
    history: z.array(z.strictObject({ at: instant, text })).max(20),
  })
  .refine((one) => howOfStatus[one.status] in one.how, {
    error: 'The status of the line does not go with how it is known.',
    path: ['how'],
  });
export type ProofLine = z.infer<typeof line>;

const signature = z.strictObject({ signedBy: z.strictObject({ id: text, name: text }), at: instant, keyFingerprint: sha256 });
export type SectionSignature = z.infer<typeof signature>;

/** The sections that a person signs. Proofs of before the data of a leaver were cared for have the first two. */
export const sectionKeys = ['access', 'ownership', 'sessions', 'files', 'mail', 'calendar', 'secrets', 'automations'] as const;
export type SectionKey = (typeof sectionKeys)[number];

const section = z.strictObject({
  key: z.enum(sectionKeys),
  title: z.string().min(1).max(80),
  signature: signature.nullable(),
  lines: z.array(line).max(5000),
  counts: z.record(z.enum(lineStatuses), z.int().min(0)),
});
export type ProofSection = z.infer<typeof section>;

/** The proof of exit: what is closed, what is not, and what cannot be known, as read at one instant. All instants are UTC. */
export const proofDocument = z.strictObject({
  format: z.literal('groundcrew-proof-of-exit'),
  version: z.literal(1),
  organization: z.string().min(1).max(300),
  person: z.strictObject({ name: z.string().min(1).max(300), employeeNumber: z.string().max(200).nullable() }),
  runId: z.string().min(1).max(200),
  playbook: z.strictObject({ name: text, version: z.int().min(1) }),
  cutOff: z.strictObject({ instant, zone: text, place: text, text }),
  generatedAt: instant,
  asReadAt: instant,
  status: z.enum(['open', 'closed']),
  sections: z.array(section).min(1),
  /** What comes weeks later: licences, deletion. Nobody signs it, and proofs of before have none. */
  later: z
    .array(z.strictObject({ key: z.string().max(40), title: z.string().min(1).max(80), lines: z.array(line).max(5000) }))
    .max(10)
    .optional(),
  cannotBeKnown: z.array(text).min(1, { error: 'What cannot be known is never empty.' }),
  // The chain's head without its number: how many events there are would tell readers of exits that are concealed from them.
  auditHead: z.strictObject({ hash: sha256 }).nullable(),
});
export type ProofDocument = z.infer<typeof proofDocument>;

function isInstant(value: string): boolean {
  try {
    return value.endsWith('Z') && Temporal.Instant.from(value).toString() === value;
  } catch {
    return false;
  }
}
