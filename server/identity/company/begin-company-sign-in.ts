import { randomBytes } from 'node:crypto';
import { runAsSystem } from '../../platform/context.ts';
import type { Edge } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { makeLinkSecret } from '../make-link-secret.ts';
import { keepBrowserSecret } from './browser-cookie.ts';
import { type CompanySignIn, findCompanySignIn, openClientSecret, ourAddresses } from './company-sign-in.ts';
import { addressOfProvider, makeOidcSecrets } from './oidc/ask-oidc.ts';
import { refuseSignIn } from './refuse-sign-in.ts';
import { beginRoundTrip } from './round-trip.ts';
import { addressOfSamlProvider } from './saml/ask-saml.ts';

/**
 * Begins a sign-in through the organization's provider, or the try of an owner (`triedBy`, also before it is switched on). Returns the provider's address,
 * where the browser goes next. Throws 404 where the organization offers none, 502 where the provider does not answer.
 */
export async function beginCompanySignIn(
  edge: Edge,
  organizationId: string,
  { next, triedBy = null }: { next: string | null; triedBy?: string | null },
): Promise<{ address: string }> {
  const { platform } = edge;
  const found = await runAsSystem(platform, organizationId, async (ctx) => {
    const settings = await findCompanySignIn(ctx);
    return settings && (settings.onSince || triedBy) ? { settings, clientSecret: await openClientSecret(ctx) } : null;
  });
  if (!found) throw refuseSignIn('not_offered');
  const { settings, clientSecret } = found;
  const ours = ourAddresses(platform.config.publicUrl, organizationId);
  const browser = keepBrowserSecret(edge);
  const way =
    settings.kind === 'saml' ? await throughSaml(settings, ours) : await throughOidc(platform, { ...settings, clientSecret }, ours);
  const trip = { foundBy: way.foundBy, secrets: way.secrets, browser, next, memberId: triedBy };
  if (triedBy) await edge.run((ctx) => beginRoundTrip(ctx, trip));
  else await runAsSystem(platform, organizationId, (ctx) => beginRoundTrip(ctx, trip));
  return { address: way.address };
}

type Way = { address: string; foundBy: string; secrets: object | null };
type Ours = ReturnType<typeof ourAddresses>;

async function throughOidc(platform: Platform, settings: CompanySignIn & { clientSecret: string | null }, ours: Ours): Promise<Way> {
  const { secret: state } = makeLinkSecret();
  const secrets = makeOidcSecrets();
  const client = { ...settings, clientId: settings.clientId ?? '' };
  return { address: await addressOfProvider(platform, client, { ...secrets, state, redirect: ours.redirect }), foundBy: state, secrets };
}

async function throughSaml(settings: CompanySignIn, ours: Ours): Promise<Way> {
  // An id of XML begins with no digit.
  const requestId = `_${randomBytes(20).toString('hex')}`;
  return { address: await addressOfSamlProvider(settings, ours, requestId), foundBy: requestId, secrets: null };
}
