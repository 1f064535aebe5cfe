import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Edge } from '../../platform/http/route.ts';
import { findSession, type SignInSession } from './find-session.ts';
import { hasSecondFactor } from './users.ts';

const byCompany = () =>
  forbidden(
    'You are signed in through your company. How you sign in is looked after there; passkeys and passwords of your own are changed once you have signed in with one.',
  );

/**
 * The complete session of the page, by somebody's own means. A token has none: it cannot change how its owner signs in; nor does a session by the
 * company, whose provider would else reach into other organizations. Throws 401 or 403.
 */
export async function requireComplete(edge: Edge): Promise<SignInSession> {
  const session = await findSession(edge.platform, edge.request);
  if (session?.company) throw byCompany();
  if (session?.complete) return session;
  if (edge.actor.kind === 'token') throw forbidden('How somebody signs in is changed on the page, never with a token.');
  throw new Refusal(401, 'not_signed_in', 'Sign in first.');
}

/**
 * A session that may set up a second factor: a complete one, or one in enrolment whose user has no second factor yet.
 * Whoever knows just the password of somebody with a second factor gets nowhere.
 */
export async function requireEnrolling(edge: Edge): Promise<SignInSession> {
  const session = await findSession(edge.platform, edge.request);
  if (!session) throw new Refusal(401, 'not_signed_in', 'Sign in first.');
  if (session.company) throw byCompany();
  if (!session.complete && (await hasSecondFactor(edge.platform, session.userId))) {
    throw forbidden('You have a second factor already. Sign in with it; a password alone is not enough.');
  }
  return session;
}
