import { z } from 'zod';
import { ConnectorError, type FormMeta } from '../kit/index.ts';

const form = (meta: FormMeta) => meta;

const address = z
  .string()
  .trim()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return (
      url !== null &&
      /^ldaps?:$/.test(url.protocol) &&
      url.hostname !== '' &&
      url.username === '' &&
      /^\/?$/.test(url.pathname) &&
      url.search === ''
    );
  }, 'an address like ldaps://directory.example or ldap://directory.example:389')
  .meta(form({ title: 'Address', description: 'ldaps:// (port 636), or ldap:// (port 389), which then goes on encrypted by StartTLS.' }));

const place = z
  .string()
  .trim()
  .regex(/^[^=,]+=[^=]/, 'a place like ou=people,dc=acme,dc=example');

export const ldapSettings = z.object({
  address,
  dialect: z
    .enum(['inetorgperson', 'active-directory'])
    .default('inetorgperson')
    .meta(
      form({
        title: 'The directory is',
        choiceTitles: { inetorgperson: 'OpenLDAP, 389 or another with inetOrgPerson', 'active-directory': 'Active Directory' },
      }),
    ),
  bindName: z
    .string()
    .trim()
    .min(1)
    .meta(form({ title: 'Signs in as', description: 'Like cn=groundcrew,ou=services,dc=acme,dc=example, or groundcrew@acme.example.' })),
  peopleBase: place.meta(form({ title: 'Where people stand', description: 'Like ou=people,dc=acme,dc=example.' })),
  groupsBase: place.optional().meta(form({ title: 'Where groups stand', description: 'Left empty: where people stand.' })),
  closing: z
    .enum(['ppolicy', 'nsaccountlock', 'none'])
    .default('ppolicy')
    .meta(
      form({
        title: 'An account is closed by',
        choiceTitles: {
          ppolicy: 'The password policy (pwdAccountLockedTime)',
          nsaccountlock: '389 and FreeIPA (nsAccountLock)',
          none: 'Nothing: this directory cannot close accounts',
        },
        onlyFor: { setting: 'dialect', value: 'inetorgperson' },
      }),
    ),
  encryption: z
    .enum(['starttls', 'none'])
    .default('starttls')
    .meta(
      form({
        title: 'An ldap:// address goes on',
        choiceTitles: { starttls: 'Encrypted (StartTLS)', none: 'Readable: only inside your own network' },
        rare: true,
      }),
    ),
  peopleFilter: z
    .string()
    .trim()
    .regex(/^\(.+\)$/s, 'a filter in parentheses (RFC 4515)')
    .optional()
    .meta(
      form({
        title: 'Filter of people',
        description: 'Left empty: every person. Like (&(objectClass=inetOrgPerson)(ou=staff)).',
        rare: true,
      }),
    ),
  adminGroups: z
    .array(z.string().trim().min(1))
    .max(50)
    .default([])
    .meta(
      form({ title: 'Groups that mean administrator', description: 'Separated by commas. Active Directory’s own are known.', rare: true }),
    ),
  pageSize: z
    .number()
    .int()
    .min(1)
    .max(5_000)
    .default(500)
    .meta(form({ title: 'Accounts per page', rare: true })),
  settlingSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(15)
    .meta(
      form({ title: 'Seconds until a change can be read', description: 'How long copies of the directory take to follow.', rare: true }),
    ),
  caCertificates: z
    .array(z.string())
    .max(10)
    .default([])
    .meta(form({ title: 'Certificates of your own authority', description: 'As text (PEM).', rare: true })),
});

export const ldapSecrets = z.object({
  password: z
    .string()
    .min(1)
    .meta(form({ title: 'Password' })),
});

export type LdapSettings = z.infer<typeof ldapSettings>;

/** Host and port of the directory, as it is pinned. */
export function placeOf({ address: text }: LdapSettings): { host: string; port: number; secure: boolean } {
  const url = new URL(text);
  const secure = url.protocol === 'ldaps:';
  return { host: url.hostname, port: Number(url.port) || (secure ? 636 : 389), secure };
}

/** Refuses settings that cannot work together. */
export function checkSettings(settings: LdapSettings): void {
  if (settings.dialect === 'active-directory' && !/^ldaps:/.test(settings.address) && settings.encryption === 'none')
    throw new ConnectorError('settings', 'Active Directory takes passwords only over an encrypted connection. Use ldaps:// or StartTLS.');
}
