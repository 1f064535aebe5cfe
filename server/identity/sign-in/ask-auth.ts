import { systemClock } from '../../platform/clock.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Edge } from '../../platform/http/route.ts';
import { authOf, authPath } from './create-auth.ts';
import { refusalOfAuth } from './refusal-of-auth.ts';

/**
 * Hands a sign-in request to the library and returns its JSON; cookies that it sets go along with our answer.
 * `asNobody` leaves the session out, so that the answer is about who is signing in and not about who is signed in.
 * Throws a Refusal in our words: 401 wrong, 429 too often.
 */
export async function askAuth<T>(
  edge: Edge,
  method: 'GET' | 'POST',
  path: string,
  body?: Record<string, unknown>,
  { asNobody = false } = {},
): Promise<T> {
  requirePage(edge);
  return handOver(edge, method, path, body, asNobody);
}

/** Counts one try to sign in through a company, by network address. Throws 429 once there were too many. For forms of other sites, too. */
export async function countCompanyTry(edge: Edge, what: 'try' | 'find' = 'try'): Promise<void> {
  await handOver(edge, 'POST', `/company/${what}`, {}, true);
}

async function handOver<T>(
  edge: Edge,
  method: 'GET' | 'POST',
  path: string,
  body: Record<string, unknown> | undefined,
  asNobody: boolean,
): Promise<T> {
  const origin = new URL(edge.platform.config.publicUrl).origin;
  const headers = new Headers({
    origin,
    'user-agent': edge.request.headers.get('user-agent') ?? '',
    'x-groundcrew-peer': peerAddress(edge),
  });
  const cookie = withReplacedCookies(edge.request.headers.get('cookie') ?? '', edge.setCookies, asNobody);
  if (cookie) headers.set('cookie', cookie);
  if (body) headers.set('content-type', 'application/json');
  const answer = await authOf(edge.platform).handler(
    new Request(`${origin}${authPath}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }),
  );
  edge.setCookies.push(...answer.headers.getSetCookie());
  const text = await answer.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  if (!answer.ok) throw refusalOfAuth(answer.status, json as { code?: string; message?: string } | null);
  return json as T;
}

/** Sign-in works from our page alone: the header is one that no other site can set without being allowed. */
export function requirePage(edge: Edge): void {
  if (edge.request.headers.get('x-groundcrew') === null)
    throw forbidden('This did not come from the Groundcrew page. Nothing was changed.');
}

/** Who connected: behind a reverse proxy on this machine the last address that the proxy added. */
function peerAddress(edge: Edge): string {
  const peer = edge.peer?.replace(/^::ffff:/, '') ?? '127.0.0.1';
  if (peer !== '127.0.0.1' && peer !== '::1') return peer;
  return edge.request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || peer;
}

// Cookies that an earlier step of the same request has set stand in for those that the browser sent.
function withReplacedCookies(sent: string, set: string[], asNobody: boolean): string {
  const cookies = new Map<string, string>();
  for (const part of [...sent.split(';'), ...set.map((one) => one.split(';')[0] ?? '')]) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return [...cookies]
    .filter(([name]) => !asNobody || !name.endsWith('.session_token'))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

/** Signs a fresh user in so far that they can set up a second factor. */
export async function enterEnrolment(edge: Edge, userId: string): Promise<void> {
  requirePage(edge);
  const { headers } = await authOf(edge.platform).api.beginEnrolment({ body: { userId }, headers: new Headers(), returnHeaders: true });
  const cookies = headers.getSetCookie();
  if (cookies.length === 0) throw new Refusal(500, 'no_session', 'The sign-in could not be kept. Nothing was changed. Try again.');
  edge.setCookies.push(...cookies);
}

/** Signs in somebody whom their company's provider proved: for this one membership, for so many hours. */
export async function enterByCompany(
  edge: Edge,
  membership: { userId: string; organizationId: string; memberId: string },
  hours: number,
): Promise<void> {
  // The library ends sessions by the machine's clock.
  const expiresAt = new Date(systemClock.now().add({ hours }).epochMilliseconds);
  const { headers } = await authOf(edge.platform).api.openCompanySession({
    body: { ...membership, expiresAt, seconds: hours * 3600 },
    headers: new Headers(),
    returnHeaders: true,
  });
  edge.setCookies.push(...headers.getSetCookie());
}
