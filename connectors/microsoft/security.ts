import { type AccountTarget, type Answer, instantOf, type Json, type Shown } from '../kit/index.ts';
import { readUser, readUserWithActivity } from './accounts.ts';
import { type MicrosoftSession, userPath } from './call.ts';
import { unknownPassword } from './change-facts.ts';
import { changeUser, existing, refuseSynced } from './change-status.ts';
import { rights } from './rights.ts';
import { activityField, lastSignInOf } from './user.ts';

export const gone: Shown = { done: true, words: 'Microsoft has no such account any more.' };

const inWords = (at: Temporal.Instant): string => `${at.toString({ smallestUnit: 'minute' }).slice(0, 16).replace('T', ' ')} (UTC)`;

/** Makes all refresh tokens and session cookies worthless. What was let in before may go on for up to an hour. */
export async function endSessions(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  await existing(session, externalId);
  await session.http.post(`${userPath(externalId)}/revokeSignInSessions`, undefined, { right: rights.sessions, repeatable: true });
  return { answered: 'Microsoft ended all sessions. A program that was let in just before may go on for up to an hour.', changed: true };
}

export async function showsSessionsEnded(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await readUserWithActivity(session, externalId);
  if (user === null) return gone;
  return sinceLastSignIn(user, instantOf(user.signInSessionsValidFromDateTime), {
    none: 'Microsoft does not say from when on sessions count.',
    since: (at) => `Sessions from before ${at} do not count any more`,
  });
}

export async function resetPassword(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  refuseSynced(await existing(session, externalId), 'reset the password');
  const passwordProfile = { password: unknownPassword(), forceChangePasswordNextSignIn: true };
  await changeUser(session, externalId, { passwordProfile }, rights.password);
  return { answered: 'Microsoft took a password that nobody knows.', changed: true };
}

export async function showsPasswordReset(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await readUserWithActivity(session, externalId);
  if (user === null) return gone;
  return sinceLastSignIn(user, instantOf(user.lastPasswordChangeDateTime), {
    none: 'Microsoft does not say when the password was set.',
    since: (at) => `The password was set on ${at}`,
  });
}

/** Something counts as done where nobody signed in after it; where sign-ins may not be read, that is not known. */
function sinceLastSignIn(user: Json, at: Temporal.Instant | null, words: { none: string; since: (at: string) => string }): Shown {
  if (at === null) return { done: null, words: words.none };
  const since = words.since(inWords(at));
  if (!(activityField in user)) return { done: null, words: `${since}. When somebody last signed in may not be read.` };
  const lastSignIn = lastSignInOf(user);
  if (lastSignIn === null) return { done: true, words: `${since}, and nobody ever signed in, as far as Microsoft shows.` };
  return Temporal.Instant.compare(at, lastSignIn) >= 0
    ? { done: true, words: `${since}, and nobody signed in after that, as far as Microsoft shows.` }
    : { done: false, words: `${since}, and somebody signed in after that, on ${inWords(lastSignIn)}.` };
}

/** Whether there still is an account to act on. */
export const isThere = async (session: MicrosoftSession, externalId: string): Promise<boolean> =>
  (await readUser(session, externalId)) !== null;
