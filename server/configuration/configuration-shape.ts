import { z } from 'zod';
import { writers } from '../apps/check-app-fields.ts';
import { mappedRoles } from '../identity/company/check-settings.ts';
import { kinds } from '../identity/company/company-sign-in.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'This is empty.' })
    .max(most, { error: `At most ${most} characters.` });
const name = text(200);
/** Left out: it stays as it is. null: it is taken away. */
const given = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

export const locationEntry = z.strictObject({ name, timezone: given(text(100)), country: given(text(100)) });
export type LocationEntry = z.infer<typeof locationEntry>;

export const addressEntry = z.strictObject({ pattern: text(200), domain: text(253) });
export type AddressEntry = z.infer<typeof addressEntry>;

export const signInEntry = z.strictObject({
  kind: z.enum(kinds),
  issuer: text(500),
  clientId: given(text(500)),
  signInAddress: given(text(2000)),
  certificates: z.array(text(10_000)).max(5).optional(),
  domains: z.array(text(253)).min(1, { error: 'Name at least one domain.' }).max(50),
  groupsClaim: given(text(200)),
  groupRoles: z
    .array(z.strictObject({ group: text(300), role: z.enum(mappedRoles) }))
    .max(200)
    .optional(),
  withoutGroup: z.enum(['employee', 'refuse']).optional(),
  outsideRoster: z.enum(['refuse', 'admit']).optional(),
  sessionHours: z.int().min(1).max(336).optional(),
});
export type SignInEntry = z.infer<typeof signInEntry>;

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, { error: 'The name of an environment variable has letters, digits and _, as CHAT_TOKEN.' });
export const secretWords = 'A secret never stands in the file. Put it in an environment variable and write { env: NAME_OF_IT }.';
const secretsWords = 'This names each secret and its environment variable, as { token: { env: CHAT_TOKEN } }.';
const secret = z.strictObject({ env: variable }, { error: secretWords });

const emptyConnection =
  "This is empty. To remove the connection and erase its secrets here, write { removed: true }. To keep it as it is, leave 'connection' out.";
/**
 * A connection, or `{ removed: true }`: the one way to take one away, never by leaving it out and never by an entry that somebody emptied.
 */
const connection = z
  .strictObject(
    {
      connector: text(100).optional(),
      settings: z.record(z.string(), z.json()).optional(),
      secrets: z.record(z.string(), secret, { error: secretsWords }).optional(),
      syncEveryMinutes: given(z.int().min(5).max(10_080)),
      takesPeople: z.boolean().optional(),
      removed: z.literal(true, { error: 'Write true to remove the connection, or leave it out.' }).optional(),
    },
    { error: ({ input }) => (input === null ? emptyConnection : undefined) },
  )
  .superRefine(({ removed, connector, ...others }, { addIssue }) => {
    const beside = Object.keys({ ...(connector === undefined ? {} : { connector }), ...others });
    if (!removed && connector === undefined) addIssue({ code: 'custom', path: ['connector'], message: "'connector' is missing." });
    if (removed && beside.length > 0)
      addIssue({
        code: 'custom',
        path: ['removed'],
        message: `A connection that is removed has no ${beside.join(', ')}. Leave that out, or 'removed'.`,
      });
  });
type Connection = z.infer<typeof connection>;
export type ConnectionEntry = Omit<Connection, 'connector' | 'removed'> & { connector: string };

/** The connection that an entry of the file describes; null when there is none or it is to be removed. */
export const connectionOf = ({ connection: given }: { connection?: Connection | undefined }): ConnectionEntry | null =>
  given && !given.removed ? (given as ConnectionEntry) : null;

const address = z.email({ error: 'A person is named by the work address, as maya@acme.example.' });
export const appEntry = z.strictObject({
  name,
  capability: given(text(200)),
  owner: given(address),
  deputy: given(address),
  writer: z.enum(writers).optional(),
  signIn: z.boolean().optional(),
  group: given(z.strictObject({ app: name, entitlement: text(300) })),
  deepLink: given(text(2000)),
  instructions: given(z.strictObject({ grant: given(text(5000)), revoke: given(text(5000)) })),
  connection: connection.optional(),
});
export type AppEntry = z.infer<typeof appEntry>;

/** `when: true` without quotes means what it says. */
const condition = z.preprocess(
  (value) => (value === true ? 'true' : value),
  z.string().trim().min(1, { error: 'This is empty.' }).max(2000),
);
export const ruleEntry = z.strictObject({
  name,
  when: condition,
  grants: z
    .array(z.strictObject({ app: name, entitlement: given(text(300)), kind: given(text(100)) }))
    .min(1, { error: 'A rule gives something: name at least one app.' })
    .max(200),
  mend: z.enum(['shown', 'by-itself']).optional(),
  graceDays: z.int().min(0).max(365).optional(),
});
export type RuleEntry = z.infer<typeof ruleEntry>;

export const milestoneEntry = z.strictObject({ name, when: condition.optional(), targetDays: z.int().min(0).max(365) });
export type MilestoneEntry = z.infer<typeof milestoneEntry>;

/** What a playbook holds is checked by the rules of playbooks themselves. */
export const playbookEntry = z.record(z.string(), z.unknown());

export const sections = {
  organization: name,
  timezone: text(100),
  address: addressEntry,
  signIn: signInEntry,
  locations: locationEntry,
  departments: name,
  apps: appEntry,
  access: ruleEntry,
  milestones: milestoneEntry,
  playbooks: playbookEntry,
} as const;
export type Section = keyof typeof sections;

/** The sections that are lists, with the most entries each may have. */
export const lists = { locations: 1000, departments: 2000, apps: 2000, access: 1000, milestones: 200, playbooks: 20 } as const;
export type List = keyof typeof lists;
