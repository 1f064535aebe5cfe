import { type AccountTarget, type Answer, type AppGrantTarget, type Json, objectOf, objectsOf, type Shown, textOf } from '../kit/index.ts';
import { readUser } from './accounts.ts';
import { doneSinceLastLogin } from './audit.ts';
import { asAdministrator, type GoogleSession } from './call.ts';
import { unknownPassword } from './change-facts.ts';
import { changeUser, existing, userPath } from './change-status.ts';
import { scopes } from './scopes.ts';

const gone: Shown = { done: true, words: 'Google has no such account any more.' };

/** What a short list of one user holds: app passwords (asps), programs that may act for the user (tokens). */
export async function listOf(session: GoogleSession, userId: string, what: 'asps' | 'tokens'): Promise<Json[]> {
  const response = await session.http.get(`${userPath(userId)}/${what}`, asAdministrator(scopes.security));
  return objectsOf(objectOf(response.json()).items);
}

/** Signs the user out everywhere and deletes the passwords of single programs, which no sign-out ends. */
export async function endSessions(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  await existing(session, externalId);
  const options = asAdministrator(scopes.security, { repeatable: true });
  await session.http.post(`${userPath(externalId)}/signOut`, undefined, options);
  const passwords = await listOf(session, externalId, 'asps');
  for (const { codeId } of passwords)
    await session.http.delete(`${userPath(externalId)}/asps/${codeId}`, asAdministrator(scopes.security, { accept: [404] }));
  const words = passwords.length === 0 ? '' : ` ${passwords.length} passwords of single programs were deleted.`;
  return {
    answered: `Google signed the account out of all browsers and devices.${words} Programs that it let in may still act for it until they are shut out.`,
    changed: true,
  };
}

export async function showsSessionsEnded(session: GoogleSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await readUser(session, externalId);
  if (user === null) return gone;
  const passwords = await listOf(session, externalId, 'asps');
  if (passwords.length > 0) return { done: false, words: `${passwords.length} passwords of single programs still let somebody in.` };
  return doneSinceLastLogin(session, user, 'RESET_SIGNIN_COOKIES', 'who is signed in');
}

export async function resetPassword(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  await existing(session, externalId);
  await changeUser(session, externalId, { password: unknownPassword(), changePasswordAtNextLogin: true });
  return { answered: 'Google took a password that nobody knows.', changed: true };
}

export async function showsPasswordReset(session: GoogleSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await readUser(session, externalId);
  return user === null ? gone : doneSinceLastLogin(session, user, 'CHANGE_PASSWORD', 'when a password was changed');
}

export async function resetSecondFactor(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await existing(session, externalId);
  if (user.isEnrolledIn2Sv === false) return { answered: 'The account had no second factor. Nothing was sent.', changed: false };
  await session.http.post(
    `${userPath(externalId)}/twoStepVerification/turnOff`,
    undefined,
    asAdministrator(scopes.security, { repeatable: true }),
  );
  return { answered: 'Google forgot all second factors of the account.', changed: true };
}

export async function showsSecondFactorReset(session: GoogleSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await readUser(session, externalId);
  if (user === null) return gone;
  if (user.isEnrolledIn2Sv === false) return { done: true, words: 'Google shows no second factor.' };
  if (user.isEnrolledIn2Sv === true) return { done: false, words: 'Google still shows a second factor.' };
  return { done: null, words: 'Google does not say whether the account has a second factor.' };
}

export async function revokeAppGrant(session: GoogleSession, { account, grant }: AppGrantTarget): Promise<Answer> {
  await existing(session, account.externalId);
  if (!(await isGranted(session, { account, grant })))
    return { answered: `${grant.name} was not allowed to act for the account. Nothing was sent.`, changed: false };
  const path = `${userPath(account.externalId)}/tokens/${encodeURIComponent(grant.externalId)}`;
  await session.http.delete(path, asAdministrator(scopes.security, { accept: [404] }));
  return { answered: `Google took from ${grant.name} what it may do in the name of the account.`, changed: true };
}

export async function showsAppGrantRevoked(session: GoogleSession, target: AppGrantTarget): Promise<Shown> {
  if ((await readUser(session, target.account.externalId)) === null) return gone;
  const granted = await isGranted(session, target);
  return { done: !granted, words: `${target.grant.name} may ${granted ? 'still act' : 'not act'} in the name of the account.` };
}

const isGranted = async (session: GoogleSession, { account, grant }: AppGrantTarget): Promise<boolean> =>
  (await listOf(session, account.externalId, 'tokens')).some(({ clientId }) => textOf(clientId) === grant.externalId);
