import {
  type AccountChange,
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type Json,
  type NewAccount,
  objectOf,
  type PasswordTarget,
  type Shown,
  textOf,
} from '../kit/index.ts';
import { findAccount, type JumpcloudSession, rights, rowsOf, userOf, userPath } from './users.ts';

const right = rights.change;
const gone: Answer = { answered: 'JumpCloud says that there is no such user. Nothing was sent.', changed: false };
const done = (answered: string): Answer => ({ answered, changed: true });
const put = (session: JumpcloudSession, id: string, body: Json) => session.http.put(userPath(id), body, { right });

/** Suspended users can sign in to no device, app or network of JumpCloud's; nothing of theirs is taken away. */
export async function changeState(session: JumpcloudSession, { externalId }: AccountTarget, active: boolean): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  const state = active ? 'ACTIVATED' : 'SUSPENDED';
  if (user.state === state || (!active && user.suspended === true))
    return { answered: `The user is ${state} already. Nothing was sent.`, changed: false };
  const { status } = await put(session, externalId, { state });
  return done(`JumpCloud answered ${status}: the user is to be ${state}.`);
}

export async function remove(session: JumpcloudSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await userOf(session, externalId)) === null) return gone;
  const { status } = await session.http.delete(userPath(externalId), { right, accept: [404] });
  return done(`JumpCloud answered ${status}: the user is to be deleted.`);
}

export async function create(session: JumpcloudSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const there = await findAccount(session, email, { entitlements: 'none' });
  if (there) return { answered: 'The user was there already. Nothing was sent.', changed: false, externalId: there.externalId };
  const body: Json = {
    ...{ username: nameOf(account.userName), email, firstname: account.givenName ?? '', lastname: account.familyName ?? '' },
    ...(account.displayName === null ? {} : { displayname: account.displayName }),
    ...(account.employeeNumber === null ? {} : { employeeIdentifier: account.employeeNumber }),
    state: 'ACTIVATED',
  };
  const response = await session.http.post('api/systemusers', body, { right });
  const user = objectOf(response.json());
  const id = textOf(user._id) ?? textOf(user.id);
  if (id === null) throw new ConnectorError('broken', 'JumpCloud created a user without telling its id. Read the users to see it.');
  return { ...done(`JumpCloud answered ${response.status}: the user was created.`), externalId: id };
}

/** User names of JumpCloud are those of a Unix system: what stands before the @ of an address. */
const nameOf = (userName: string) => userName.split('@')[0]!.toLowerCase();

export async function change(session: JumpcloudSession, { account, facts }: AccountChange): Promise<Answer> {
  const names: Record<keyof typeof facts, string> = {
    address: 'email',
    givenName: 'firstname',
    familyName: 'lastname',
    displayName: 'displayname',
    employeeNumber: 'employeeIdentifier',
    department: 'department',
    title: 'jobTitle',
  };
  if ((await userOf(session, account.externalId)) === null) return gone;
  const body = Object.fromEntries(Object.entries(facts).map(([name, value]) => [names[name as keyof typeof facts], value]));
  const { status } = await put(session, account.externalId, body);
  return done(`JumpCloud answered ${status}: the user is to be changed.`);
}

export async function changeGroup(session: JumpcloudSession, { account, entitlement }: EntitlementTarget, held: boolean): Promise<Answer> {
  const path = `api/v2/usergroups/${encodeURIComponent(entitlement.externalId)}/members`;
  const member = `api/v2/users/${encodeURIComponent(account.externalId)}/memberof`;
  const groups = await rowsOf(session, member);
  if (groups.some(({ id }) => id === entitlement.externalId) === held)
    return { answered: `The user was ${held ? 'in' : 'not in'} the group already. Nothing was sent.`, changed: false };
  const body = { op: held ? 'add' : 'remove', type: 'user', id: account.externalId };
  // JumpCloud says 409 to what is so already: it may be sent again.
  const { status } = await session.http.post(path, body, { right, repeatable: true, accept: [409] });
  return done(`JumpCloud answered ${status}: the user is to be ${held ? 'in' : 'out of'} the group.`);
}

export async function setPassword(session: JumpcloudSession, { account, password }: PasswordTarget): Promise<Answer> {
  const { status } = await put(session, account.externalId, { password });
  return done(`JumpCloud answered ${status}: the password is set.`);
}

export async function resetFactor(session: JumpcloudSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  if (!hasFactor(user)) return { answered: 'No second factor is set up. Nothing was sent.', changed: false };
  const { status } = await session.http.post(`${userPath(externalId)}/resetmfa`, { exclusion: false }, { right, repeatable: true });
  return done(`JumpCloud answered ${status}: the second factor is forgotten.`);
}

const hasFactor = (user: Json) => objectOf(user.mfa).configured === true || user.totp_enabled === true;

export async function showsFactor(session: JumpcloudSession, { externalId }: AccountTarget): Promise<Shown> {
  const user = await userOf(session, externalId);
  if (user === null) return { done: true, words: 'There is no such user any more.' };
  return hasFactor(user)
    ? { done: false, words: 'A second factor is still set up.' }
    : { done: true, words: 'No second factor is set up any more.' };
}
