import {
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type NewAccount,
  objectOf,
  textOf,
} from '../kit/index.ts';
import { findAccount, membersOf, readAccount } from './accounts.ts';
import { type SlackSession, scimAddress, slack } from './call.ts';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const scim = { right: 'admin', credential: 'admin' };
const usersAt = (session: SlackSession) => `${scimAddress(session.settings)}/scim/v2/Users`;

/** Deactivates or reactivates by SCIM (RFC 7644, section 3.5.2). Deactivating ends all sessions and tokens of the user. */
export async function changeActive(session: SlackSession, { externalId }: AccountTarget, active: boolean): Promise<Answer> {
  const before = await readAccount(session, externalId, { entitlements: 'none' });
  const state = active ? 'active' : 'deactivated';
  if (before === null) return { answered: 'Slack says that there is no such user. Nothing was sent.', changed: false };
  if (before.status === (active ? 'active' : 'suspended'))
    return { answered: `The user was ${state} already. Nothing was sent.`, changed: false };
  const body = { schemas: [patchOp], Operations: [{ op: 'replace', path: 'active', value: active }] };
  const response = await session.http.patch(`${usersAt(session)}/${encodeURIComponent(externalId)}`, body, { ...scim, repeatable: true });
  return { answered: `Slack answered ${response.status}: the user is to be ${state}.`, changed: null };
}

/** Creates a full member by SCIM, unless the address has a user. Slack sends no invitation: the person signs in by single sign-on or asks for a link. */
export async function createUser(session: SlackSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const address = account.address ?? account.userName;
  const before = await findAccount(session, address, { entitlements: 'none' });
  if (before) return { answered: 'Slack has this user already. Nothing was sent.', changed: false, externalId: before.externalId };
  const { givenName, familyName, displayName } = account;
  const body = {
    schemas: [core],
    // Slack takes 21 characters at most, and no address.
    userName: account.userName.split('@')[0]!.toLowerCase().slice(0, 21),
    active: true,
    ...(displayName === null ? {} : { displayName }),
    name: { ...(givenName === null ? {} : { givenName }), ...(familyName === null ? {} : { familyName }) },
    emails: [{ value: address, type: 'work', primary: true }],
  };
  const response = await session.http.post(usersAt(session), body, { ...scim, accept: [409] });
  const id = response.status === 409 ? null : textOf(objectOf(response.json()).id);
  if (id !== null) return { answered: `Slack answered ${response.status} and created the user.`, changed: true, externalId: id };
  const after = await findAccount(session, address, { entitlements: 'none' });
  if (after) return { answered: 'Slack has this user.', changed: null, externalId: after.externalId };
  throw new ConnectorError(
    'refused',
    `Slack answered ${response.status} and shows no user ${address}. Another user may have the user name.`,
  );
}

/** Puts a user into a user group or takes it out. Slack takes the whole list of members, which is read just before. */
export async function changeGroup(session: SlackSession, { account, entitlement }: EntitlementTarget, has: boolean): Promise<Answer> {
  if (entitlement.kind !== 'group')
    throw new ConnectorError('unsupported', `Slack lets nobody give or take the ${entitlement.kind} ${entitlement.name}.`);
  const members = await membersOf(session, entitlement.externalId);
  if (members.includes(account.externalId) === has)
    return { answered: `The user was ${has ? 'in' : 'without'} ${entitlement.name} already. Nothing was sent.`, changed: false };
  const wanted = has ? [...members, account.externalId] : members.filter((id) => id !== account.externalId);
  if (wanted.length === 0)
    throw new ConnectorError(
      'refused',
      `The user is the last one in ${entitlement.name}, and Slack keeps no empty group. Disable the group in Slack, or put somebody else in first.`,
    );
  await slack(
    session,
    'usergroups.users.update',
    { usergroup: entitlement.externalId, users: wanted.join(',') },
    { right: 'usergroups:write', post: true },
  );
  return { answered: `Slack changed ${entitlement.name}.`, changed: true };
}
