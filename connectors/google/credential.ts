import { importPKCS8, SignJWT } from 'jose';
import { ConnectorError, type Credential, type CredentialExchange, objectOf, textOf } from '../kit/index.ts';
import { type GoogleSecrets, type GoogleSettings, keyOf, placesOf } from './settings.ts';

const audience = 'https://oauth2.googleapis.com/token';
const lifetimeSeconds = 3_600;

/** The name of the credential for one scope, in the name of an account or of the administrator. */
export const credentialName = (scope: string, subject?: string): string => (subject === undefined ? scope : `${scope} ${subject}`);

/**
 * A token for one scope in the name of one account: a signed assertion (RFC 7523, section 2.1; https://developers.google.com/identity/protocols/oauth2/service-account)
 * is exchanged for it. Throws ConnectorError `right` naming the scope that nobody delegated, `credential` when the key is not accepted, and `refused`
 * when Google lets nobody act for that account.
 */
export async function googleCredential(exchange: CredentialExchange<GoogleSettings, GoogleSecrets>): Promise<Credential> {
  const { settings, http, now } = exchange;
  const [scope = '', subject = settings.administrator] = (exchange.which ?? '').split(' ');
  const assertion = await signed(exchange, scope, subject);
  const body = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  const response = await http.post(`${placesOf(settings).token}/token`, body, { form: true, repeatable: true, accept: [400, 401] });
  const { access_token, expires_in, error, error_description } = objectOf(response.json());
  const token = textOf(access_token);
  if (response.status >= 400 || token === null)
    throw refusal({ scope, subject, settings, status: response.status, error, error_description });
  const seconds = typeof expires_in === 'number' ? expires_in : lifetimeSeconds;
  return { headers: { authorization: `Bearer ${token}` }, expiresAt: now().add({ seconds }) };
}

async function signed(
  { secrets, now }: CredentialExchange<GoogleSettings, GoogleSecrets>,
  scope: string,
  subject: string,
): Promise<string> {
  const key = keyOf(secrets);
  const issuedAt = Math.floor(now().epochMilliseconds / 1_000);
  const signer = new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(key.id === null ? {} : { kid: key.id }) })
    .setIssuer(key.address)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds);
  try {
    return await signer.sign(await importPKCS8(key.privateKey, 'RS256'));
  } catch {
    throw new ConnectorError('settings', 'The private key in the key file cannot be read. Download a new key file, and enter all of it.');
  }
}

function refusal(told: {
  scope: string;
  subject: string;
  settings: GoogleSettings;
  status: number;
  error: unknown;
  error_description: unknown;
}): ConnectorError {
  const { scope, subject, settings, status, error } = told;
  const why = textOf(told.error_description) ?? '';
  if (error === 'unauthorized_client' || error === 'access_denied' || error === 'invalid_scope') {
    const words = `Google has not been told that this key may use ${scope}. Add it under Security, API controls, Domain-wide delegation in the Admin console; it can take some minutes, at most 24 hours.`;
    return new ConnectorError('right', words, { status });
  }
  const isAboutSubject = (error === 'invalid_grant' && !/jwt|signature|assertion/i.test(why)) || /impersonation/i.test(why);
  if (isAboutSubject) {
    if (subject === settings.administrator)
      return new ConnectorError(
        'credential',
        `Google knows no active account ${subject} to act for. Enter the address of an administrator.`,
        { status },
      );
    const words = `Google lets nobody act for ${subject}: the account is suspended, deleted or has no such service. Its mail and calendar can be changed only while it is active.`;
    return new ConnectorError('refused', words, { status });
  }
  return new ConnectorError(
    'credential',
    'Google does not accept the key of the service account. It may have been deleted: make a new one.',
    {
      status,
    },
  );
}
