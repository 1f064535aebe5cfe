import { ConnectorError, type Credential, type CredentialExchange, objectOf, textOf } from '../kit/index.ts';
import { loginOf, type MicrosoftSecrets, type MicrosoftSettings, scopeOf } from './settings.ts';

/**
 * A token for the app itself, by its client credentials (RFC 6749, section 4.4; https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * Throws ConnectorError `credential` or `settings` in words where it is not given.
 */
export async function microsoftCredential({
  settings,
  secrets,
  http,
  now,
}: CredentialExchange<MicrosoftSettings, MicrosoftSecrets>): Promise<Credential> {
  const body = {
    grant_type: 'client_credentials',
    client_id: settings.clientId,
    client_secret: secrets.clientSecret,
    scope: scopeOf(settings),
  };
  const path = `${loginOf(settings)}/${encodeURIComponent(settings.tenantId)}/oauth2/v2.0/token`;
  const response = await http.post(path, body, { form: true, repeatable: true, accept: [400, 401] });
  const { access_token, expires_in, error_description } = objectOf(response.json());
  const token = textOf(access_token);
  if (response.status >= 400 || token === null) throw refusal(textOf(error_description) ?? '', response.status);
  return {
    headers: { authorization: `Bearer ${token}` },
    expiresAt: now().add({ seconds: typeof expires_in === 'number' ? expires_in : 3_600 }),
  };
}

/** Microsoft's refusals carry a number (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
function refusal(description: string, status: number): ConnectorError {
  const code = /AADSTS\d+/.exec(description)?.[0] ?? null;
  const [kind, words] = refusals[code ?? ''] ?? [
    'credential' as const,
    `Microsoft does not let the app in${code === null ? '' : ` (${code})`}. Check the tenant ID, the client ID and the secret.`,
  ];
  return new ConnectorError(kind, words, { status });
}

const refusals: Record<string, ['credential' | 'settings', string]> = {
  AADSTS7000215: [
    'credential',
    'Microsoft does not accept the client secret. Perhaps its ID was entered instead of its value: make a new one, and enter the value.',
  ],
  AADSTS7000222: ['credential', 'The client secret has expired. Make a new one in Entra, and enter its value.'],
  AADSTS700016: ['settings', 'This tenant has no app with this client ID. Check both IDs, and that an administrator consented to the app.'],
  AADSTS90002: ['settings', 'Microsoft knows no such tenant. Check the tenant ID.'],
  AADSTS900023: ['settings', 'Microsoft knows no such tenant. Check the tenant ID.'],
  AADSTS7000112: ['settings', 'The app is switched off in Entra. Switch it on under Enterprise applications.'],
};
