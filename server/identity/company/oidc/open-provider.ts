import * as client from 'openid-client';
import { systemClock } from '../../../platform/clock.ts';
import { invalid, Refusal } from '../../../platform/errors.ts';
import { OutboundError } from '../../../platform/outbound/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Kind } from '../company-sign-in.ts';
import { providerSilent } from '../refuse-sign-in.ts';
import { fetchPinned } from './fetch-pinned.ts';

/** Algorithms by which an id token may be signed: those with a public key. No `none`, and no HS256, whose key would be the client's secret. */
const signing = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** Hosts of the large providers beside that of their issuer. Anybody else's addresses all lie on the issuer's own host. */
const furtherHosts: Partial<Record<Kind, string[]>> = {
  google: ['oauth2.googleapis.com', 'www.googleapis.com', 'openidconnect.googleapis.com'],
};

/** Difference in seconds that two clocks may have. */
const clockToleranceSeconds = 120;

export type OidcClient = { kind: Kind; issuer: string; clientId: string; clientSecret: string | null };

const hostOf = (address: string): string => {
  const url = new URL(address);
  return url.port ? url.host : url.protocol === 'http:' ? `${url.hostname}:80` : url.hostname;
};

type Opened = { config: client.Configuration; close(): void };

/**
 * Reads what the provider says of itself (OpenID Connect Discovery 1.0, section 4) and makes the client for it, over pinned hosts.
 * Its clock is ours. Throws a Refusal in words for whoever signs in, where the provider does not answer or is not as it should be.
 */
export async function openProvider(platform: Platform, settings: OidcClient): Promise<Opened> {
  try {
    return await discover(platform, settings);
  } catch (error) {
    throw error instanceof Refusal ? error : providerSilent(whyNot(error));
  }
}

/** Whether there is such a provider, for whoever names it. Throws 422 with words beside the issuer. */
export async function checkProvider(platform: Platform, settings: OidcClient): Promise<void> {
  try {
    (await discover(platform, settings)).close();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw invalid('provider_silent', 'The provider could not be asked. Nothing was changed.', [
      { field: 'issuer', message: whyNot(error) },
    ]);
  }
}

async function discover(platform: Platform, settings: OidcClient): Promise<Opened> {
  const issuer = readIssuer(settings.issuer);
  const pinned = platform.outbound.forHosts([hostOf(settings.issuer), ...(furtherHosts[settings.kind] ?? [])]);
  const way = fetchPinned(pinned) as client.CustomFetch;
  // Plain http goes to private addresses of the operator's list alone; outbound sees to that.
  const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  try {
    const found = await client.discovery(issuer, settings.clientId, undefined, client.None(), {
      [client.customFetch]: way,
      execute: insecure,
    });
    const { supportsPKCE: _, ...server } = found.serverMetadata();
    const config = new client.Configuration(
      { ...server, id_token_signing_alg_values_supported: allowedSigning(server.id_token_signing_alg_values_supported) },
      settings.clientId,
      {
        [client.clockSkew]: Math.round(platform.clock.now().since(systemClock.now()).total('seconds')),
        [client.clockTolerance]: clockToleranceSeconds,
      },
      authentication(settings, server.token_endpoint_auth_methods_supported),
    );
    config[client.customFetch] = way;
    for (const allow of insecure) allow(config);
    client.enableNonRepudiationChecks(config);
    return { config, close: () => pinned.close() };
  } catch (error) {
    pinned.close();
    throw error;
  }
}

function readIssuer(text: string): URL {
  const wrong = (message: string) => invalid('bad_issuer', message, [{ field: 'issuer', message }]);
  if (!URL.canParse(text)) throw wrong('The issuer is an address that begins with https://.');
  const url = new URL(text);
  if (!['https:', 'http:'].includes(url.protocol) || url.search || url.hash || url.username) {
    throw wrong('The issuer is an address that begins with https://, without ? or #.');
  }
  return url;
}

function allowedSigning(supported: readonly string[] | undefined): string[] {
  const allowed = (supported ?? ['RS256']).filter((name) => signing.includes(name));
  if (allowed.length > 0) return allowed;
  throw new Refusal(
    422,
    'weak_provider',
    'The provider signs in no way that can be checked with a public key. Let it sign id tokens with RS256 or ES256.',
  );
}

function authentication({ clientSecret }: OidcClient, methods: readonly string[] | undefined): client.ClientAuth {
  if (clientSecret === null) return client.None();
  return methods?.includes('client_secret_post') && !methods.includes('client_secret_basic')
    ? client.ClientSecretPost(clientSecret)
    : client.ClientSecretBasic(clientSecret);
}

const whyNot = (error: unknown): string =>
  outboundCause(error)?.message ??
  'Below the issuer’s address there is no description of an OpenID Connect provider, or it describes another issuer.';

/** The failure of the network behind an error of the library, or null. */
export function outboundCause(error: unknown): OutboundError | null {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof OutboundError) return each;
  return null;
}
