import { z } from 'zod';
import { ConnectorError, type FormMeta, hostOf, plainAddress } from '../kit/index.ts';

const form = (meta: FormMeta) => meta;

const address = plainAddress.meta(
  form({ title: 'Address', description: 'The SCIM address that the app shows on its provisioning page, usually ending in /scim/v2.' }),
);

export const scimSettings = z.object({
  baseUrl: address,
  authentication: z
    .enum(['bearer', 'basic'])
    .default('bearer')
    .meta(form({ title: 'It lets Groundcrew in with', choiceTitles: { bearer: 'A token', basic: 'A name and a password' } })),
  userName: z
    .string()
    .trim()
    .min(1)
    .optional()
    .meta(
      form({ title: 'Name', description: 'The name that goes with the password.', onlyFor: { setting: 'authentication', value: 'basic' } }),
    ),
  firstPassword: z
    .enum(['app', 'invitation'])
    .default('app')
    .meta(
      form({
        title: 'How new people get in the first time',
        description: 'Directories that keep passwords themselves usually let Groundcrew hand over one that the person chooses.',
        choiceTitles: { app: 'The app invites them itself', invitation: 'They choose a password with their invitation' },
        rare: true,
      }),
    ),
  pageSize: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .meta(
      form({
        title: 'Accounts per page',
        description: 'How many accounts are asked for at once. Fewer, if the app refuses so many.',
        rare: true,
      }),
    ),
  settlingSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(30)
    .meta(
      form({
        title: 'Seconds until a change can be read',
        description: 'How long the app may take until it shows what was changed.',
        rare: true,
      }),
    ),
  adminRoles: z
    .array(z.string().trim().min(1))
    .max(50)
    .default([])
    .meta(
      form({
        title: 'Roles or groups that mean administrator',
        description: 'Separated by commas. Empty: only a role that is called admin or owner counts.',
        rare: true,
      }),
    ),
  caCertificates: z
    .array(z.string())
    .max(10)
    .default([])
    .meta(
      form({
        title: 'Certificates of your own authority',
        description: 'As text (PEM), if the app is inside your network and shows a certificate that your company issued itself.',
        rare: true,
      }),
    ),
});

export const scimSecrets = z.object({
  token: z
    .string()
    .min(1)
    .optional()
    .meta(
      form({
        title: 'Token',
        description: 'The app shows it on its provisioning page, often only once.',
        onlyFor: { setting: 'authentication', value: 'bearer' },
      }),
    ),
  password: z
    .string()
    .min(1)
    .optional()
    .meta(form({ title: 'Password', onlyFor: { setting: 'authentication', value: 'basic' } })),
});

export type ScimSettings = z.infer<typeof scimSettings>;
export type ScimSecrets = z.infer<typeof scimSecrets>;

/** The Authorization header (RFC 6750, section 2.1; RFC 7617, section 2). */
export function scimAuthorization(settings: ScimSettings, secrets: ScimSecrets): Record<string, string> {
  if (settings.authentication === 'bearer') {
    if (!secrets.token) throw new ConnectorError('settings', 'The token is missing. Enter the one that the app gave for provisioning.');
    return { authorization: `Bearer ${secrets.token.trim()}` };
  }
  if (!settings.userName || !secrets.password)
    throw new ConnectorError('settings', 'Name or password is missing. Both are needed to sign in by password.');
  if (settings.userName.includes(':')) throw new ConnectorError('settings', 'The name must not hold a colon (RFC 7617).');
  return { authorization: `Basic ${Buffer.from(`${settings.userName}:${secrets.password}`, 'utf8').toString('base64')}` };
}

/** `host:port` of the one place that a SCIM connection reaches. */
export function scimHosts(settings: ScimSettings): string[] {
  return [hostOf(settings.baseUrl)];
}
