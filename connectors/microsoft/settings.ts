import { z } from 'zod';
import { type FormMeta, hostOf, plainAddress, vendorAddress } from '../kit/index.ts';

const form = (meta: FormMeta) => meta;

const standard = 'https://graph.microsoft.com/v1.0';

/** Where Microsoft's clouds sign programs in, by the host of their interface (https://learn.microsoft.com/graph/deployments). */
const signInOf: Record<string, string> = {
  'graph.microsoft.com': 'https://login.microsoftonline.com',
  'graph.microsoft.us': 'https://login.microsoftonline.us',
  'dod-graph.microsoft.us': 'https://login.microsoftonline.us',
  'microsoftgraph.chinacloudapi.cn': 'https://login.chinacloudapi.cn',
};

export const microsoftSettings = z.object({
  tenantId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.-]{3,100}$/, 'the Directory (tenant) ID that Entra shows, or a domain of the company')
    .meta(form({ title: 'Tenant ID', description: 'Shown as "Directory (tenant) ID" on the page of the registered app.' })),
  clientId: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'the Application (client) ID that Entra shows')
    .meta(form({ title: 'Client ID', description: 'Shown as "Application (client) ID" on the page of the registered app.' })),
  usageLocation: z
    .string()
    .trim()
    .regex(/^[A-Z]{2}$/, 'two capital letters, like DE or US')
    .optional()
    .meta(
      form({
        title: 'Country of new accounts',
        description: 'Microsoft gives no licence to an account without a country. This one is set where an account has none.',
      }),
    ),
  holdings: z
    .array(z.enum(['group', 'role', 'licence']))
    .default(['group', 'role', 'licence'])
    .meta(
      form({
        title: 'What is read of what accounts hold',
        description: 'group, role, licence, separated by commas. Leave out what the app has no right for.',
        rare: true,
      }),
    ),
  baseUrl: vendorAddress(standard),
  loginUrl: plainAddress.optional().meta(
    form({
      title: 'Address of the sign-in',
      description: 'Only where it does not follow from the address of the interface: a gateway that calls go through.',
      rare: true,
    }),
  ),
});

export const microsoftSecrets = z.object({
  clientSecret: z
    .string()
    .trim()
    .min(1, 'the value of a client secret')
    .meta(form({ title: 'Client secret', description: 'Its value, not its ID. Entra shows the value only once.' })),
});

export type MicrosoftSettings = z.infer<typeof microsoftSettings>;
export type MicrosoftSecrets = z.infer<typeof microsoftSecrets>;

export const graphOf = ({ baseUrl }: Pick<MicrosoftSettings, 'baseUrl'>): string => baseUrl.replace(/\/+$/, '');

/** The page where an administrator consents to the app for the company; null until both IDs were entered. */
export function consentLink({ tenantId, clientId, baseUrl }: Record<string, unknown>): string | null {
  if (typeof tenantId !== 'string' || tenantId === '' || typeof clientId !== 'string' || clientId === '') return null;
  const host = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  const login = signInOf[host] ?? signInOf['graph.microsoft.com'];
  return `${login}/${encodeURIComponent(tenantId)}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}

/** Where tokens are asked for: the sign-in of the same cloud; of an address that is none of Microsoft's, that address itself. */
export function loginOf({ baseUrl, loginUrl }: Pick<MicrosoftSettings, 'baseUrl' | 'loginUrl'>): string {
  const { hostname, origin } = new URL(baseUrl);
  return (loginUrl ?? signInOf[hostname] ?? origin).replace(/\/+$/, '');
}

/** What a token is for: the cloud's own interface, also where calls go through a gateway. */
export function scopeOf({ baseUrl }: Pick<MicrosoftSettings, 'baseUrl'>): string {
  const { hostname } = new URL(baseUrl);
  return `https://${hostname in signInOf ? hostname : 'graph.microsoft.com'}/.default`;
}

export const microsoftHosts = (settings: MicrosoftSettings): string[] => [
  ...new Set([hostOf(graphOf(settings)), hostOf(loginOf(settings))]),
];
