import type { Edge } from '../../platform/http/route.ts';
import { makeLinkSecret } from '../make-link-secret.ts';

const maxAgeSeconds = 600;
const nameFor = (edge: Edge) => `${isSecure(edge) ? '__Host-' : ''}groundcrew.round-trip`;
const isSecure = (edge: Edge) => edge.platform.config.publicUrl.startsWith('https:');

/** The secret by which a round trip to the provider is bound to the browser that began it; '' where the browser has none. */
export function browserSecret(edge: Edge): string {
  const wanted = `${nameFor(edge)}=`;
  const found = (edge.request.headers.get('cookie') ?? '').split(';').find((each) => each.trim().startsWith(wanted));
  return found?.trim().slice(wanted.length) ?? '';
}

/** The same, made where there is none yet. Several windows of one browser share it. */
export function keepBrowserSecret(edge: Edge): string {
  const secret = /^[\w-]{43}$/.test(browserSecret(edge)) ? browserSecret(edge) : makeLinkSecret().secret;
  const secure = isSecure(edge) ? '; Secure' : '';
  edge.setCookies.push(`${nameFor(edge)}=${secret}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`);
  return secret;
}
