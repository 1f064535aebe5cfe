import { z } from 'zod';
import { ConnectorError } from '../kit/index.ts';

const address = z
  .string()
  .trim()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return (
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
    );
  }, 'an address like https://app.example/scim/v2, without name, password, ? or #')
  .meta({ title: 'Address', description: 'The SCIM address that the app shows on its provisioning page, usually ending in /scim/v2.' });

export const scimSettings = z.object({
  baseUrl: address,
  authentication: z
    .enum(['bearer', 'basic'])
    .default('bearer')
    .meta({ title: 'How it signs in', description: 'With a token, or with a name and a password.' }),
  userName: z.string().trim().min(1).optional().meta({ title: 'Name', description: 'Only for signing in with name and password.' }),
  pageSize: z.number().int().min(1).max(1_000).default(100).meta({ title: 'Accounts per page' }),
  settlingSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(30)
    .meta({ title: 'Seconds until a change can be read', description: 'How long the app may take until it shows what was changed.' }),
  adminRoles: z
    .array(z.string().trim().min(1))
    .max(50)
    .default([])
    .meta({ title: 'Roles or groups that mean administrator', description: 'Empty: only a role that is called admin or owner counts.' }),
  caCertificates: z
    .array(z.string())
    .max(10)
    .default([])
    .meta({ title: 'Own authority', description: 'Certificates (PEM) of your own authority, if the app is behind one.' }),
});

export const scimSecrets = z.object({
  token: z.string().min(1).optional().meta({ title: 'Token' }),
  password: z.string().min(1).optional().meta({ title: 'Password' }),
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
  const url = new URL(settings.baseUrl);
  return [`${url.hostname}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`];
}
