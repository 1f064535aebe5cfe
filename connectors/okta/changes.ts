import {
  type AccountChange,
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type Json,
  type NewAccount,
  type PasswordTarget,
  type Shown,
} from '../kit/index.ts';
import { factorsOf } from './accounts.ts';
import { all, type OktaSession, rights, userOf, userPath } from './call.ts';

const gone: Answer = { answered: 'Okta says that there is no such user. Nothing was sent.', changed: false };
const done = (answered: string): Answer => ({ answered, changed: true });

const lifecycle = (session: OktaSession, id: string, step: string, right = rights.lifecycle, query?: Record<string, string>) =>
  session.http.post(`${userPath(id)}/lifecycle/${step}`, undefined, { right, repeatable: true, ...(query ? { query } : {}) });

/** Okta suspends only active users. Who is in another state that lets them in again is deactivated: both keep profile and groups. */
export async function suspend(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  if (user.status === 'SUSPENDED' || user.status === 'DEPROVISIONED')
    return { answered: `The user is ${user.status} already. Nothing was sent.`, changed: false };
  const step = user.status === 'ACTIVE' ? 'suspend' : 'deactivate';
  const { status } = await lifecycle(session, externalId, step);
  return done(
    `Okta answered ${status}: the user, who was ${String(user.status)}, is to be ${step === 'suspend' ? 'suspended' : 'deactivated'}.`,
  );
}

export async function restore(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  if (user.status !== 'SUSPENDED' && user.status !== 'DEPROVISIONED')
    return { answered: `The user is ${String(user.status)}. Nothing was sent.`, changed: false };
  const { status } =
    user.status === 'SUSPENDED'
      ? await lifecycle(session, externalId, 'unsuspend')
      : await lifecycle(session, externalId, 'activate', rights.lifecycle, { sendEmail: 'false' });
  return done(`Okta answered ${status}: the user is to be active again.`);
}

/** Okta deletes only who is deactivated. */
export async function remove(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  if (user.status !== 'DEPROVISIONED') await lifecycle(session, externalId, 'deactivate');
  const { status } = await session.http.delete(userPath(externalId), {
    right: rights.lifecycle,
    accept: [404],
    query: { sendEmail: 'false' },
  });
  return done(`Okta answered ${status}: the user is to be deleted.`);
}

/** Creates a user and activates it without a mail of Okta's; a password comes later, from its owner. */
export async function create(session: OktaSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const there = await userOf(session, account.userName);
  if (there !== null) return { answered: 'The user was there already. Nothing was sent.', changed: false, externalId: String(there.id) };
  const profile: Json = {
    login: account.userName,
    email: account.address ?? account.userName,
    firstName: account.givenName ?? '',
    lastName: account.familyName ?? '',
    ...(account.displayName === null ? {} : { displayName: account.displayName }),
    ...(account.employeeNumber === null ? {} : { employeeNumber: account.employeeNumber }),
  };
  const response = await session.http.post('api/v1/users', { profile }, { right: rights.create, query: { activate: 'false' } });
  const { id } = response.json() as Json;
  if (typeof id !== 'string') throw new ConnectorError('broken', 'Okta created a user without telling its id. Read the users to see it.');
  await lifecycle(session, id, 'activate', rights.lifecycle, { sendEmail: 'false' });
  return { ...done(`Okta answered ${response.status}: the user was created and activated.`), externalId: id };
}

/** A partial update: what is not named stays. */
export async function change(session: OktaSession, { account, facts }: AccountChange): Promise<Answer> {
  const names: Record<keyof typeof facts, string> = {
    address: 'email',
    givenName: 'firstName',
    familyName: 'lastName',
    displayName: 'displayName',
    employeeNumber: 'employeeNumber',
    department: 'department',
    title: 'title',
  };
  const profile = Object.fromEntries(Object.entries(facts).map(([name, value]) => [names[name as keyof typeof facts], value]));
  const options = { right: rights.change, repeatable: true, accept: [404] };
  const { status } = await session.http.post(userPath(account.externalId), { profile }, options);
  return status === 404 ? gone : done(`Okta answered ${status}: the profile is to be changed.`);
}

export async function changeGroup(session: OktaSession, { account, entitlement }: EntitlementTarget, held: boolean): Promise<Answer> {
  if (entitlement.kind !== 'group')
    throw new ConnectorError('refused', `${entitlement.name} is a group of an app that Okta only mirrors. Change it in that app.`);
  const groups = await all(session, `${userPath(account.externalId)}/groups`, rights.groups);
  if (groups.some(({ id }) => id === entitlement.externalId) === held)
    return { answered: `The user was ${held ? 'in' : 'not in'} the group already. Nothing was sent.`, changed: false };
  const path = `api/v1/groups/${encodeURIComponent(entitlement.externalId)}/users/${encodeURIComponent(account.externalId)}`;
  const { status } = held
    ? await session.http.put(path, undefined, { right: rights.members })
    : await session.http.delete(path, { right: rights.members });
  return done(`Okta answered ${status}: the user is to be ${held ? 'in' : 'out of'} the group.`);
}

export async function setPassword(session: OktaSession, { account, password }: PasswordTarget): Promise<Answer> {
  const body = { credentials: { password: { value: password } } };
  const { status } = await session.http.post(userPath(account.externalId), body, { right: rights.credentials, repeatable: true });
  return done(`Okta answered ${status}: the password is set.`);
}

/** Sessions in Okta, and the OpenID and OAuth tokens that it gave to apps. */
export async function endSessions(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await userOf(session, externalId)) === null) return gone;
  const { status } = await session.http.delete(`${userPath(externalId)}/sessions`, {
    right: rights.lifecycle,
    query: { oauthTokens: 'true' },
  });
  return { answered: `Okta answered ${status}: sessions and tokens are ended.`, changed: null };
}

const cannotSignIn = (status: unknown) => status === 'SUSPENDED' || status === 'DEPROVISIONED';

/** Okta makes a password that nobody is told. It refuses that for who is suspended, who cannot use the old one either. */
export async function resetPassword(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  if (cannotSignIn(user.status))
    return { answered: `The user is ${String(user.status)}: no password lets them in. Nothing was sent.`, changed: false };
  if (user.status === 'PASSWORD_EXPIRED') return { answered: 'The password was set back already. Nothing was sent.', changed: false };
  const { status } = await lifecycle(session, externalId, 'expire_password_with_temp_password', rights.credentials);
  return done(`Okta answered ${status}: the password is one that nobody knows.`);
}

export async function showsPassword(session: OktaSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await userOf(session, externalId);
  if (user === null) return { done: true, words: 'There is no such user any more.' };
  if (user.status === 'PASSWORD_EXPIRED') return { done: true, words: 'The old password does not work any more.' };
  return cannotSignIn(user.status)
    ? { done: null, words: 'Okta sets no password back of somebody who is suspended; none lets them in while they are.' }
    : { done: false, words: `The user is ${String(user.status)}, with the password that they chose.` };
}

export async function resetFactors(session: OktaSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await userOf(session, externalId)) === null) return gone;
  if ((await factorsOf(session, externalId))?.length === 0) return { answered: 'No factor is set up. Nothing was sent.', changed: false };
  const { status } = await lifecycle(session, externalId, 'reset_factors', rights.credentials);
  return done(`Okta answered ${status}: all factors are forgotten.`);
}

export async function showsFactors(session: OktaSession, { externalId }: AccountTarget): Promise<Shown> {
  const factors = await factorsOf(session, externalId);
  if (factors === null) return { done: null, words: `Whether factors are left is unknown: the token lacks ${rights.users}.` };
  return factors.length === 0
    ? { done: true, words: 'No factor is set up any more.' }
    : { done: false, words: `${factors.length} factors are still set up.` };
}
