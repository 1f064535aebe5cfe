import * as client from 'openid-client';
import type { Platform } from '../../../platform/platform.ts';
import { type ProvenIdentity, readClaims } from '../proven-identity.ts';
import { providerSilent, refuseSignIn, type SignInProblem } from '../refuse-sign-in.ts';
import { type OidcClient, openProvider, outboundCause } from './open-provider.ts';

/** What one round trip keeps to itself: the nonce of the id token, and the verifier that alone redeems the code (RFC 7636). */
export type OidcSecrets = { nonce: string; verifier: string };

export const makeOidcSecrets = (): OidcSecrets => ({ nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() });

/** Where the browser goes to sign in (OpenID Connect Core 1.0, section 3.1.2.1; PKCE with S256). */
export async function addressOfProvider(
  platform: Platform,
  settings: OidcClient & { domains: readonly string[] },
  trip: OidcSecrets & { state: string; redirect: string },
): Promise<string> {
  const { config, close } = await openProvider(platform, settings);
  close();
  // The page goes to this address: one that begins with another word than http would run in its name.
  if (!/^https?:\/\//.test(config.serverMetadata().authorization_endpoint ?? ''))
    throw refuseSignIn('bad_answer', 'no address to sign in at');
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: trip.redirect,
    scope: 'openid email profile',
    state: trip.state,
    nonce: trip.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
    code_challenge_method: 'S256',
    response_type: 'code',
    // Google then shows accounts of that company alone; whether it is one is checked on the way back.
    ...(settings.kind === 'google' && settings.domains.length === 1 ? { hd: settings.domains[0]! } : {}),
  });
  return address.href;
}

/**
 * Redeems the code and checks the id token: signature by a key of the provider, issuer, audience, nonce, times (OpenID Connect Core 1.0, section
 * 3.1.3.7). Throws a Refusal in words. The round trip must have been used up before.
 */
export async function askOidc(
  platform: Platform,
  settings: OidcClient & { groupsClaim: string | null },
  trip: OidcSecrets & { state: string; redirect: string },
  answer: Record<string, string>,
): Promise<ProvenIdentity> {
  const { config, close } = await openProvider(platform, settings);
  try {
    const current = new URL(trip.redirect);
    for (const [name, value] of Object.entries(answer)) current.searchParams.set(name, value);
    const tokens = await client.authorizationCodeGrant(config, current, {
      expectedState: trip.state,
      expectedNonce: trip.nonce,
      pkceCodeVerifier: trip.verifier,
      idTokenExpected: true,
    });
    const token = tokens.claims()!;
    const lacksSome = token.email === undefined || (settings.groupsClaim !== null && token[settings.groupsClaim] === undefined);
    // Entra's own lies on another host and tells nothing more.
    const asks = lacksSome && settings.kind !== 'entra' && config.serverMetadata().userinfo_endpoint !== undefined;
    const more = asks ? await client.fetchUserInfo(config, tokens.access_token, token.sub) : {};
    return readClaims(settings.kind, { ...more, ...token }, settings.groupsClaim);
  } catch (error) {
    throw wordsOf(error);
  } finally {
    close();
  }
}

type LibraryError = Error & { code?: string; cause?: { claim?: string; cause?: { claim?: string } } };

function wordsOf(error: unknown): Error {
  const cause = outboundCause(error);
  if (cause) return providerSilent(cause.message);
  if (error instanceof client.AuthorizationResponseError) return refuseSignIn('provider_refused', error.error);
  if (error instanceof client.ResponseBodyError) return refuseSignIn('code_refused', `${error.error} ${error.error_description ?? ''}`);
  const { code = '', message, cause: why } = error as LibraryError;
  const claim = why?.claim ?? why?.cause?.claim;
  const inner = (why as unknown as Error | undefined)?.message ?? '';
  return refuseSignIn(problemOf(code, claim, `${message} ${inner}`), `${code} ${claim ?? ''} ${message} ${inner}`.trim());
}

function problemOf(code: string, claim: string | undefined, message: string): SignInProblem {
  if (code.includes('TIMESTAMP')) return 'expired';
  if (claim === 'aud' || claim === 'azp') return 'wrong_audience';
  if (claim === 'iss') return 'wrong_issuer';
  if (code.includes('KEY_SELECTION') || /signature|"alg"/i.test(message)) return 'bad_signature';
  return 'bad_answer';
}
