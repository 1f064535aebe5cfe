import { type AccountTarget, type Answer, ConnectorError, type EntitlementTarget, type NewAccount, textOf } from '../kit/index.ts';
import { licence, readAccount, userOf } from './accounts.ts';
import { scopes, type ZoomSession, zoom } from './call.ts';

const gone: Answer = { answered: 'Zoom says that there is no such user. Nothing was sent.', changed: false };
const pathOf = (id: string) => `users/${encodeURIComponent(id)}`;

/** Deactivates or activates a user. A deactivated one is signed out everywhere; meetings, recordings and the licence's data stay. */
export async function changeStatus(session: ZoomSession, { externalId }: AccountTarget, active: boolean): Promise<Answer> {
  const user = await userOf(session, externalId);
  if (user === null) return gone;
  const state = active ? 'active' : 'deactivated';
  if (user.status === (active ? 'active' : 'inactive'))
    return { answered: `The user was ${state} already. Nothing was sent.`, changed: false };
  const body = { action: active ? 'activate' : 'deactivate' };
  const { status } = await zoom(session, 'put', `${pathOf(externalId)}/status`, { right: scopes.status, body });
  return { answered: `Zoom answered ${status}: the user is to be ${state}.`, changed: true };
}

/** Deletes a user for good. Meetings, webinars and recordings go to the address of the settings, where there is one. */
export async function deleteUser(session: ZoomSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await userOf(session, externalId)) === null) return gone;
  const { transferTo } = session.settings;
  const transfer =
    transferTo === '' ? {} : { transfer_email: transferTo, transfer_meeting: 'true', transfer_webinar: 'true', transfer_recording: 'true' };
  const { status } = await zoom(session, 'delete', pathOf(externalId), {
    right: scopes.remove,
    query: { action: 'delete', ...transfer },
    accept: [404],
  });
  return { answered: `Zoom answered ${status} to the deletion.`, changed: status === 404 ? false : null };
}

/** Invites an address as a user without licence, unless it is there. Zoom sends a mail, and the user is active once it is accepted. */
export async function createUser(session: ZoomSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const before = await readAccount(session, email, { entitlements: 'none' });
  if (before) return { answered: 'Zoom has this user already. Nothing was sent.', changed: false, externalId: before.externalId };
  const { givenName, familyName } = account;
  const user_info = {
    email,
    type: 1,
    ...(givenName === null ? {} : { first_name: givenName }),
    ...(familyName === null ? {} : { last_name: familyName }),
  };
  const { status, body } = await zoom(session, 'post', 'users', {
    right: scopes.create,
    body: { action: 'create', user_info },
    accept: [409],
  });
  if (status === 409) {
    const after = await readAccount(session, email, { entitlements: 'none' });
    if (after) return { answered: 'Zoom has this user.', changed: null, externalId: after.externalId };
    throw new ConnectorError(
      'refused',
      `Zoom says that ${email} has an account, which is not in yours. Its person has to be invited in Zoom and to agree.`,
      { status },
    );
  }
  return { answered: `Zoom answered ${status} and sent an invitation to ${email}.`, changed: true, externalId: textOf(body.id) ?? email };
}

/** Gives or takes the licence, or a group. */
export async function changeEntitlement(session: ZoomSession, { account, entitlement }: EntitlementTarget, has: boolean): Promise<Answer> {
  const { kind, externalId, name } = entitlement;
  const record = await readAccount(session, account.externalId, { entitlements: entitlement });
  if (record === null) return gone;
  const holds = record.entitlements?.some((each) => each.kind === kind && each.externalId === externalId) ?? false;
  if (holds === has) return { answered: `The user was ${has ? 'with' : 'without'} ${name} already. Nothing was sent.`, changed: false };
  if (kind === licence.kind)
    await zoom(session, 'patch', pathOf(account.externalId), { right: scopes.change, body: { type: has ? 2 : 1 } });
  else if (kind === 'group') {
    const members = `groups/${encodeURIComponent(externalId)}/members`;
    if (has) await zoom(session, 'post', members, { right: scopes.addMember, body: { members: [{ id: account.externalId }] } });
    else await zoom(session, 'delete', `${members}/${encodeURIComponent(account.externalId)}`, { right: scopes.removeMember });
  } else throw new ConnectorError('unsupported', `Zoom lets nobody give or take the ${kind} ${name} here. Nothing was changed.`);
  return { answered: `Zoom took it: ${name} is to be ${has ? 'held' : 'gone'}.`, changed: true };
}

/** Revokes the user's token, which signs them out of the apps that they are signed in to by single sign-on. */
export async function endSessions(session: ZoomSession, { externalId }: AccountTarget): Promise<Answer> {
  const { status } = await zoom(session, 'delete', `${pathOf(externalId)}/token`, { right: scopes.token, accept: [404] });
  if (status === 404) return { answered: 'Zoom says that there is no such user or token.', changed: false };
  return { answered: `Zoom answered ${status}: the token is revoked.`, changed: null };
}
