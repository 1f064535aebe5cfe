import type { Platform } from '../../platform/platform.ts';
import { authOf, type SessionMethod } from './create-auth.ts';

export type SignInSession = {
  sessionId: string;
  userId: string;
  name: string;
  address: string;
  complete: boolean;
  /** Opened by a company's provider: it is good for this one membership, and changes nobody's own sign-in. */
  company: { organizationId: string; memberId: string } | null;
};

/**
 * The session that a request's cookie names, or null. `complete` is false while only a password was given, or nothing yet after an invitation:
 * such a session opens nothing but the setting up of a second factor.
 */
export async function findSession(platform: Platform, request: Request): Promise<SignInSession | null> {
  if (!request.headers.get('cookie')?.includes('groundcrew.session_token')) return null;
  const found = await authOf(platform).api.getSession({ headers: new Headers({ cookie: request.headers.get('cookie') ?? '' }) });
  if (!found) return null;
  const { organizationId, memberId } = found.session;
  const method = found.session.method as SessionMethod | null | undefined;
  const company = method === 'company' && organizationId && memberId ? { organizationId, memberId } : null;
  return {
    sessionId: found.session.id,
    userId: found.user.id,
    name: found.user.name,
    address: found.user.email,
    complete: method === 'passkey' || method === 'two-factor' || company !== null,
    company,
  };
}
