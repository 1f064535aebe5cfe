import { z } from 'zod';
import {
  ConnectorError,
  type Credential,
  type CredentialExchange,
  type FormMeta,
  hostOf,
  objectOf,
  plainAddress,
  textOf,
} from '../kit/index.ts';
import { parseDescription } from './description.ts';

const form = (meta: FormMeta) => meta;

export const httpSettings = z
  .object({
    baseUrl: plainAddress.meta(
      form({ title: 'Address', description: 'Where its interface begins, like https://api.app.example/v1. Nothing else is reached.' }),
    ),
    authentication: z
      .enum(['bearer', 'header', 'basic', 'client-credentials'])
      .default('bearer')
      .meta(
        form({
          title: 'It lets Groundcrew in with',
          choiceTitles: {
            bearer: 'A token (Authorization: Bearer)',
            header: 'A key in a header of its own',
            basic: 'A name and a password',
            'client-credentials': 'A client id and secret (OAuth 2.0)',
          },
        }),
      ),
    headerName: z
      .string()
      .trim()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'a name like X-Api-Key')
      .default('X-Api-Key')
      .meta(form({ title: 'Name of the header', onlyFor: { setting: 'authentication', value: 'header' } })),
    userName: z
      .string()
      .trim()
      .default('')
      .meta(form({ title: 'Name', onlyFor: { setting: 'authentication', value: 'basic' } })),
    clientId: z
      .string()
      .trim()
      .default('')
      .meta(form({ title: 'Client id', onlyFor: { setting: 'authentication', value: 'client-credentials' } })),
    tokenUrl: plainAddress.optional().meta(
      form({
        title: 'Where tokens are given',
        description: 'Like https://app.example/oauth/token.',
        onlyFor: { setting: 'authentication', value: 'client-credentials' },
      }),
    ),
    scope: z
      .string()
      .trim()
      .default('')
      .meta(form({ title: 'Scope', onlyFor: { setting: 'authentication', value: 'client-credentials' } })),
    description: z
      .string()
      .min(1)
      .meta(
        form({
          title: 'Description',
          description:
            'What is asked, where the answer holds what, and how changes are made, as YAML. The guide explains it with an example.',
          long: true,
        }),
      ),
    settlingSeconds: z
      .number()
      .int()
      .min(0)
      .max(3_600)
      .default(30)
      .meta(form({ title: 'Seconds until a change can be read', rare: true })),
    perSecond: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(5)
      .meta(form({ title: 'Calls a second at most', rare: true })),
  })
  .superRefine(({ description }, context) => {
    try {
      parseDescription(description);
    } catch (error) {
      context.addIssue({ code: 'custom', path: ['description'], message: (error as Error).message });
    }
  });

export const httpSecrets = z.object({
  secret: z
    .string()
    .min(1)
    .meta(form({ title: 'Token, key, password or client secret' })),
});

export type HttpSettings = z.infer<typeof httpSettings>;
export type HttpSecrets = z.infer<typeof httpSecrets>;

export const httpHosts = ({ baseUrl, authentication, tokenUrl }: HttpSettings): string[] => [
  ...new Set([hostOf(baseUrl), ...(authentication === 'client-credentials' && tokenUrl ? [hostOf(tokenUrl)] : [])]),
];

/** The header that carries the secret itself; none where a token is given for it. */
export function httpAuthorization({ authentication, headerName, userName }: HttpSettings, secrets: HttpSecrets): Record<string, string> {
  const secret = secrets.secret.trim();
  if (authentication === 'bearer') return { authorization: `Bearer ${secret}` };
  if (authentication === 'header') return { [headerName.toLowerCase()]: secret };
  if (authentication === 'basic') return { authorization: `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}` };
  return {};
}

/** The token that is given for client id and secret (RFC 6749, section 4.4). */
export async function httpCredential({ settings, secrets, http, now }: CredentialExchange<HttpSettings, HttpSecrets>): Promise<Credential> {
  const { clientId, tokenUrl, scope } = settings;
  if (!tokenUrl) throw new ConnectorError('settings', 'The address where tokens are given is missing.');
  const asked = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secrets.secret.trim(),
    ...(scope === '' ? {} : { scope }),
  };
  const answer = objectOf((await http.post(tokenUrl, asked, { form: true, repeatable: true })).json());
  const token = textOf(answer.access_token);
  if (token === null) throw new ConnectorError('credential', `${new URL(tokenUrl).hostname} gave no token. Check client id and secret.`);
  const seconds = Number(answer.expires_in);
  return { headers: { authorization: `Bearer ${token}` }, expiresAt: seconds > 0 ? now().add({ seconds: Math.floor(seconds) }) : null };
}
