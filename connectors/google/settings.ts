import { z } from 'zod';
import { ConnectorError, type FormMeta, hostOf, vendorAddress } from '../kit/index.ts';

const form = (meta: FormMeta) => meta;

const standard = 'https://admin.googleapis.com';

/** Products of Google whose licences are looked at unless told otherwise (https://developers.google.com/workspace/admin/licensing/v1/how-tos/products). */
const commonProducts = ['Google-Apps', '101001', '101005', '101047', 'Google-Vault', 'Google-Drive-storage', '101033', '101034', '101043'];

export const googleSettings = z.object({
  administrator: z
    .email('the address of an administrator, like admin@acme.example')
    .trim()
    .meta(
      form({ title: 'Administrator', description: 'The address of a super administrator. Groundcrew acts in the name of this account.' }),
    ),
  clientId: z
    .string()
    .trim()
    .regex(/^\d{5,30}$/, 'the number that Google shows as unique ID of the service account')
    .optional()
    .meta(
      form({
        title: 'Client ID of the service account',
        description: 'The long number ("client_id" in the key). With it, the page where you let the key in opens filled out.',
      }),
    ),
  customer: z
    .string()
    .trim()
    .regex(/^(my_customer|C\w+)$/, 'my_customer, or a customer ID like C01abc2de')
    .default('my_customer')
    .meta(
      form({ title: 'Customer ID', description: 'Leave it as it is, unless the administrator looks after several companies.', rare: true }),
    ),
  holdings: z
    .array(z.enum(['group', 'role', 'licence']))
    .default(['group', 'role', 'licence'])
    .meta(
      form({
        title: 'What is read of what accounts hold',
        description: 'group, role, licence, separated by commas. Leave out what the key has no right for.',
        rare: true,
      }),
    ),
  products: z
    .array(z.string().trim().min(1).max(60))
    .max(40)
    .default(commonProducts)
    .meta(
      form({
        title: 'Products whose licences are read',
        description: 'By the product IDs of Google, separated by commas. Each costs a request with every reading.',
        rare: true,
      }),
    ),
  baseUrl: vendorAddress(standard),
});

export const googleSecrets = z.object({
  key: z
    .string()
    .trim()
    .refine((text) => readKey(text) !== null, 'the whole content of the key file (JSON) of a service account')
    .meta(
      form({ title: 'Key of the service account', description: 'The whole content of the key file (JSON) that Google let you download.' }),
    ),
});

export type GoogleSettings = z.infer<typeof googleSettings>;
export type GoogleSecrets = z.infer<typeof googleSecrets>;

/** The parts of a service account's key that an assertion is made from. */
export type ServiceKey = { id: string | null; address: string; privateKey: string };

function readKey(text: string): ServiceKey | null {
  try {
    const { type, client_email, private_key, private_key_id } = JSON.parse(text) as Record<string, unknown>;
    if (type !== 'service_account' || typeof client_email !== 'string' || typeof private_key !== 'string') return null;
    if (!private_key.includes('PRIVATE KEY')) return null;
    return { id: typeof private_key_id === 'string' ? private_key_id : null, address: client_email, privateKey: private_key };
  } catch {
    return null;
  }
}

/** The key that was entered. Throws ConnectorError `settings` when it is none. */
export function keyOf({ key }: GoogleSecrets): ServiceKey {
  const read = readKey(key);
  if (read === null) throw new ConnectorError('settings', 'The key is none of a service account. Enter the whole content of the file.');
  return read;
}

/** Where each interface of Google lies: its own hosts, or all at one address where another one is set. */
export function placesOf({ baseUrl }: GoogleSettings) {
  const own = baseUrl.replace(/\/+$/, '');
  const at = (host: string) => (own === standard ? `https://${host}` : own);
  return {
    admin: own,
    licensing: at('licensing.googleapis.com'),
    gmail: at('gmail.googleapis.com'),
    calendar: at('www.googleapis.com'),
    token: at('oauth2.googleapis.com'),
  };
}

export const googleHosts = (settings: GoogleSettings): string[] => [...new Set(Object.values(placesOf(settings)).map(hostOf))];
