import { randomBytes } from 'node:crypto';
import {
  type AccountChange,
  type Answer,
  ConnectorError,
  type Json,
  type NewAccount,
  objectOf,
  type PasswordTarget,
  textOf,
} from '../kit/index.ts';
import { findUser } from './accounts.ts';
import type { MicrosoftSession } from './call.ts';
import { changeUser, existing, refuseSynced } from './change-status.ts';
import { rights } from './rights.ts';
import { idOf } from './user.ts';

/** A password that nobody knows: 256 random bits and what password rules ask for. */
export const unknownPassword = (): string => `${randomBytes(32).toString('base64url')}aA1!`;

/** Creates a user with a password that nobody knows, unless the sign-in name is taken. Microsoft sends no invitation. */
export async function createUser(session: MicrosoftSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const { userName } = account;
  const before = await findUser(session, userName);
  if (before !== null)
    return { answered: `Microsoft has an account ${userName} already. Nothing was created.`, changed: false, externalId: idOf(before) };
  try {
    const response = await session.http.post('users', newUser(session, account), { right: rights.changeUsers, repeatable: true });
    return {
      answered: `Microsoft created ${userName}. Nobody knows its password yet.`,
      changed: true,
      externalId: idOf(objectOf(response.json())),
    };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.status !== 400 || !/already exists/i.test(error.detail ?? '')) throw error;
    // Another call may have been first, or ours arrived although its answer was lost.
    const after = await findUser(session, userName);
    if (after !== null) return { answered: `Microsoft has an account ${userName}.`, changed: null, externalId: idOf(after) };
    const words = `Microsoft says that ${userName} is taken, and shows no such account. It may be an address of a group, a shared mailbox or a contact.`;
    throw new ConnectorError('changed', words, { status: 400 });
  }
}

function newUser({ settings }: MicrosoftSession, account: NewAccount): Json {
  const { userName, address, givenName, familyName, employeeNumber } = account;
  const [local = userName] = userName.split('@');
  const named = [givenName, familyName].filter((name) => name !== null).join(' ');
  return {
    accountEnabled: true,
    userPrincipalName: userName,
    displayName: account.displayName ?? (named === '' ? local : named),
    mailNickname: local.replaceAll(/[^A-Za-z0-9._-]/g, '').slice(0, 64) || 'user',
    passwordProfile: { password: unknownPassword(), forceChangePasswordNextSignIn: true },
    ...(givenName === null ? {} : { givenName }),
    ...(familyName === null ? {} : { surname: familyName }),
    ...(employeeNumber === null ? {} : { employeeId: employeeNumber }),
    ...(address === null || address.toLowerCase() === userName.toLowerCase() ? {} : { mail: address }),
    ...(settings.usageLocation === undefined ? {} : { usageLocation: settings.usageLocation }),
  };
}

/** Sets the password that its person chose. Microsoft shows no password, so it is sent each time. */
export async function setPassword(session: MicrosoftSession, { account, password }: PasswordTarget): Promise<Answer> {
  refuseSynced(await existing(session, account.externalId), 'set the password');
  await changeUser(session, account.externalId, { passwordProfile: { password, forceChangePasswordNextSignIn: false } }, rights.password);
  return { answered: 'Microsoft took the password.', changed: true };
}

const properties: Record<string, { property: string; title: string; mayBeEmpty: boolean }> = {
  givenName: { property: 'givenName', title: 'the first name', mayBeEmpty: true },
  familyName: { property: 'surname', title: 'the last name', mayBeEmpty: true },
  displayName: { property: 'displayName', title: 'the name shown', mayBeEmpty: false },
  employeeNumber: { property: 'employeeId', title: 'the employee number', mayBeEmpty: true },
  department: { property: 'department', title: 'the department', mayBeEmpty: true },
  title: { property: 'jobTitle', title: 'the job title', mayBeEmpty: true },
};

/** Changes what differs. A new address becomes the sign-in name where the old one was it, and else the mail address alone. */
export async function changeFacts(session: MicrosoftSession, { account, facts }: AccountChange): Promise<Answer> {
  const user = await existing(session, account.externalId);
  const changes: Json = {};
  const titles: string[] = [];
  for (const [name, { property, title, mayBeEmpty }] of Object.entries(properties)) {
    const wanted = facts[name as keyof typeof facts];
    if (wanted === undefined || (wanted === null && !mayBeEmpty) || wanted === textOf(user[property])) continue;
    changes[property] = wanted;
    titles.push(title);
  }
  const address = newAddress(user, facts.address ?? null);
  if (address !== null) {
    changes[address.property] = facts.address;
    titles.push(address.title);
  }
  if (titles.length === 0) return { answered: 'Microsoft shows all of it so already. Nothing was sent.', changed: false };
  refuseSynced(user, 'change it');
  await changeUser(session, account.externalId, changes, rights.changeUsers);
  return { answered: `Microsoft changed ${titles.join(', ')}.`, changed: true };
}

function newAddress(user: Json, address: string | null): { property: string; title: string } | null {
  const same = (value: unknown) => textOf(value)?.toLowerCase() === address?.toLowerCase();
  if (address === null || same(user.userPrincipalName)) return null;
  const signsInByAddress = textOf(user.mail) === null || textOf(user.mail)?.toLowerCase() === textOf(user.userPrincipalName)?.toLowerCase();
  if (signsInByAddress) return { property: 'userPrincipalName', title: 'the sign-in name' };
  return same(user.mail) ? null : { property: 'mail', title: 'the mail address' };
}
