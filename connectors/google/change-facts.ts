import { randomBytes } from 'node:crypto';
import {
  type AccountChange,
  type Answer,
  ConnectorError,
  type Json,
  type NewAccount,
  objectOf,
  objectsOf,
  type PasswordTarget,
  textOf,
} from '../kit/index.ts';
import { findUser } from './accounts.ts';
import { asAdministrator, type GoogleSession } from './call.ts';
import { changeUser, existing } from './change-status.ts';
import { scopes } from './scopes.ts';
import { employeeNumberOf, idOf, jobOf } from './user.ts';

/** A password that nobody knows: 256 random bits and what password rules ask for. */
export const unknownPassword = (): string => `${randomBytes(32).toString('base64url')}aA1!`;

/** Creates a user with a password that nobody knows, unless the address is taken. Google sends no invitation. */
export async function createUser(session: GoogleSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const { userName } = account;
  const before = await findUser(session, userName);
  if (before !== null)
    return { answered: `Google has an account ${userName} already. Nothing was created.`, changed: false, externalId: idOf(before) };
  const options = asAdministrator(scopes.users, { accept: [409] });
  const response = await session.http.post('admin/directory/v1/users', newUser(account), options);
  if (response.status !== 409) {
    const made = objectOf(response.json());
    return { answered: `Google created ${userName}. Nobody knows its password yet.`, changed: true, externalId: idOf(made) };
  }
  // Another call may have been first, or ours arrived although its answer was lost.
  const after = await findUser(session, userName);
  if (after !== null) return { answered: `Google has an account ${userName}.`, changed: null, externalId: idOf(after) };
  const words = `Google says that ${userName} is taken, and shows no such account. It may be the address of a group, or of an account that was deleted in the last 20 days.`;
  throw new ConnectorError('changed', words, { status: 409 });
}

function newUser({ userName, givenName, familyName, displayName, employeeNumber }: NewAccount): Json {
  const [first = userName.split('@')[0]!, ...rest] = (displayName ?? '').split(' ').filter((word) => word !== '');
  return {
    primaryEmail: userName,
    // Google takes no user without both names.
    name: { givenName: givenName ?? first, familyName: familyName ?? (rest.join(' ') || first) },
    password: unknownPassword(),
    changePasswordAtNextLogin: true,
    ...(employeeNumber === null ? {} : { externalIds: [{ type: 'organization', value: employeeNumber }] }),
  };
}

/** Sets the password that its person chose. Google shows no password, so it is sent each time. */
export async function setPassword(session: GoogleSession, { account, password }: PasswordTarget): Promise<Answer> {
  await existing(session, account.externalId);
  await changeUser(session, account.externalId, { password, changePasswordAtNextLogin: false });
  return { answered: 'Google took the password.', changed: true };
}

/** Changes what differs, and leaves the rest of each list (other numbers, other jobs) as it is. */
export async function changeFacts(session: GoogleSession, { account, facts }: AccountChange): Promise<Answer> {
  const user = await existing(session, account.externalId);
  const properties = {
    ...changedName(user, facts),
    ...changedAddress(user, facts),
    ...changedNumber(user, facts),
    ...changedJob(user, facts),
  };
  const names = Object.keys(properties);
  if (names.length === 0) return { answered: 'Google shows all of it so already. Nothing was sent.', changed: false };
  await changeUser(session, account.externalId, properties);
  return { answered: `Google changed ${names.map((name) => titles[name] ?? name).join(', ')}.`, changed: true };
}

const titles: Record<string, string> = {
  name: 'the name',
  primaryEmail: 'the address',
  externalIds: 'the employee number',
  organizations: 'the job',
};

type Facts = AccountChange['facts'];

/** Google takes no empty name: what is to be none stays as it is. */
function changedName(user: Json, { givenName, familyName, displayName }: Facts): Json {
  const before = objectOf(user.name);
  const name = Object.fromEntries(
    Object.entries({ givenName, familyName, displayName }).filter(([key, value]) => value != null && value !== before[key]),
  );
  const shown = textOf(before.displayName) ?? textOf(before.fullName);
  if (name.displayName === shown) delete name.displayName;
  return Object.keys(name).length === 0 ? {} : { name };
}

function changedAddress(user: Json, { address }: Facts): Json {
  return address == null || address.toLowerCase() === textOf(user.primaryEmail)?.toLowerCase() ? {} : { primaryEmail: address };
}

function changedNumber(user: Json, { employeeNumber }: Facts): Json {
  if (employeeNumber === undefined || employeeNumber === employeeNumberOf(user)) return {};
  const others = objectsOf(user.externalIds).filter(({ type }) => type !== 'organization');
  return { externalIds: employeeNumber === null ? others : [...others, { type: 'organization', value: employeeNumber }] };
}

function changedJob(user: Json, { department, title }: Facts): Json {
  const before = jobOf(user);
  const differs = (value: string | null | undefined, now: unknown) => value !== undefined && (value ?? '') !== (textOf(now) ?? '');
  if (!differs(department, before.department) && !differs(title, before.title)) return {};
  const job = {
    ...before,
    primary: true,
    ...(department === undefined ? {} : { department: department ?? '' }),
    ...(title === undefined ? {} : { title: title ?? '' }),
  };
  return { organizations: [job, ...objectsOf(user.organizations).filter((each) => each !== before)] };
}
