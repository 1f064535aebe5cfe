import { type Answer, ConnectorError, type NewAccount, type Session } from '../kit/index.ts';
import { scimHeaders } from './read-list.ts';
import { findAccount, takeAbsence } from './read-user.ts';
import { coreUser, enterpriseUser, idOf, isResource, type Resource } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/**
 * Creates a user (RFC 7644, section 3.3) unless one with this user name is there; `userName` is unique, so repeating is harmless. Where the server
 * is proved to search rightly, that costs a few requests however many users there are; what it refuses as there already is looked for everywhere.
 */
export async function createUser(session: Session<ScimSettings>, account: NewAccount): Promise<Answer & { externalId: string }> {
  // Who looked through the whole list just before need not do it again.
  const before = takeAbsence(session, account.userName)
    ? null
    : await findAccount(session, account.userName, { entitlements: 'none', quick: true });
  takeAbsence(session, account.userName);
  if (before !== null)
    return {
      answered: `The app has an account ${account.userName} already. Nothing was created.`,
      changed: false,
      externalId: before.externalId,
    };
  // 409 is an answer: somebody else may have created it meanwhile, or our own call before this one was lost on its way back.
  const response = await session.http.post('Users', newUser(account), { headers: scimHeaders, accept: [409] });
  const body = response.status === 409 ? null : response.json();
  if (isResource(body) && idOf(body) !== '')
    return { answered: `The app answered ${response.status} and created ${account.userName}.`, changed: true, externalId: idOf(body) };
  const after = await findAccount(session, account.userName, { entitlements: 'none' });
  if (after === null) {
    throw new ConnectorError(
      'refused',
      `The app answered ${response.status} and shows no account ${account.userName}. Another account may hold one of its values.`,
      { status: response.status },
    );
  }
  return { answered: `The app has an account ${account.userName}.`, changed: null, externalId: after.externalId };
}

function newUser(account: NewAccount): Resource {
  const { userName, address, givenName, familyName, displayName, employeeNumber } = account;
  return {
    schemas: employeeNumber === null ? [coreUser] : [coreUser, enterpriseUser],
    userName,
    active: true,
    ...(displayName === null ? {} : { displayName }),
    ...(givenName === null && familyName === null
      ? {}
      : { name: { ...(givenName === null ? {} : { givenName }), ...(familyName === null ? {} : { familyName }) } }),
    ...(address === null ? {} : { emails: [{ value: address, type: 'work', primary: true }] }),
    ...(employeeNumber === null ? {} : { [enterpriseUser]: { employeeNumber } }),
  };
}
