import {
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type NewAccount,
  objectOf,
  textOf,
} from '../kit/index.ts';
import { findAccount, findInvitation, invitationOf, standingOf, userOf } from './accounts.ts';
import { type GithubSession, inOrganization, ownerOnly, rights } from './call.ts';
import { copilotSeat, holdingsOfOne, ownerRole, teamsOf } from './holdings.ts';

const nothing = (words: string): Answer => ({ answered: `${words} Nothing was sent.`, changed: false });

/** Takes a member, an outside collaborator or an invitation out of the organization. */
export async function removeFromOrganization(session: GithubSession, { externalId }: AccountTarget): Promise<Answer> {
  await ownerOnly(session);
  const invitation = invitationOf(externalId);
  if (invitation !== null) {
    if ((await findInvitation(session, ({ id }) => String(id) === invitation)) === null) return nothing('GitHub shows no such invitation.');
    await session.http.delete(inOrganization(session, `invitations/${encodeURIComponent(invitation)}`), {
      accept: [404],
      right: rights.members,
    });
    return { answered: 'GitHub withdrew the invitation.', changed: true };
  }
  const user = await userOf(session, externalId);
  const standing = user && (await standingOf(session, user));
  if (!user || !standing) return nothing('The user is not in the organization any more.');
  const list = standing.isExternal ? 'outside_collaborators' : 'memberships';
  const right = standing.isExternal ? rights.administration : rights.members;
  await session.http.delete(inOrganization(session, `${list}/${encodeURIComponent(String(user.login))}`), { accept: [404], right });
  return { answered: 'GitHub took the user out of the organization, its teams and its repositories.', changed: true };
}

/** Invites an address as a usual member, unless it is invited or there already. The account comes to be when the invitation is accepted. */
export async function invite(session: GithubSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const before = await findAccount(session, account.userName, { entitlements: 'none' });
  const found = before ?? (email === account.userName ? null : await findAccount(session, email, { entitlements: 'none' }));
  if (found) return { ...nothing('GitHub shows this member or invitation already.'), externalId: found.externalId };
  if (!email.includes('@'))
    throw new ConnectorError('settings', 'GitHub invites by mail address, and none is known. Enter the work address of the person.');
  const response = await session.http.post(
    inOrganization(session, 'invitations'),
    { email, role: 'direct_member' },
    { right: rights.members },
  );
  const id = textOf(objectOf(response.json()).id);
  if (id === null) throw new ConnectorError('broken', 'GitHub answered to the invitation without its number.', { mayHaveHappened: true });
  return {
    answered: `GitHub sent an invitation to ${email}. The account comes to be when it is accepted.`,
    changed: true,
    externalId: `invitation-${id}`,
  };
}

/** Gives or takes a team, the role of an owner, or a seat of Copilot. Never invites anybody by giving something. */
export async function changeEntitlement(
  session: GithubSession,
  { account, entitlement }: EntitlementTarget,
  has: boolean,
): Promise<Answer> {
  await ownerOnly(session);
  const user = invitationOf(account.externalId) === null ? await userOf(session, account.externalId) : null;
  const standing = user && (await standingOf(session, user));
  if (!user || !standing || standing.isExternal) {
    if (!has) return nothing('The user is no member of the organization.');
    throw new ConnectorError(
      'refused',
      'The user is no member of the organization (yet), and only members can be given this. Nothing was sent.',
    );
  }
  const login = String(user.login);
  const held = await holdingsOfOne(session, { id: account.externalId, login, isOwner: standing.isOwner }, entitlement);
  const holds = held.some(({ externalId, kind }) => externalId === entitlement.externalId && kind === entitlement.kind);
  if (holds === has) return nothing(`The user was ${has ? 'in' : 'without'} ${entitlement.name} already.`);
  await send(session, login, entitlement, has);
  return { answered: `GitHub ${has ? 'gave' : 'took'} ${entitlement.name}.`, changed: true };
}

async function send(session: GithubSession, login: string, entitlement: EntitlementTarget['entitlement'], has: boolean): Promise<void> {
  const { kind, externalId, name } = entitlement;
  const named = encodeURIComponent(login);
  if (kind === ownerRole.kind && externalId === ownerRole.externalId) {
    await session.http.put(inOrganization(session, `memberships/${named}`), { role: has ? 'admin' : 'member' }, { right: rights.members });
  } else if (kind === 'team') {
    const team = (await teamsOf(session)).find((each) => each.externalId === externalId);
    if (!team) throw new ConnectorError('missing', `GitHub has no team ${name} any more. Nothing was sent.`);
    const path = inOrganization(session, `teams/${encodeURIComponent(team.slug)}/memberships/${named}`);
    if (has) await session.http.put(path, { role: 'member' }, { right: rights.members });
    else await session.http.delete(path, { right: rights.members });
  } else if (kind === copilotSeat.kind) {
    const path = inOrganization(session, 'copilot/billing/selected_users');
    const body = { selected_usernames: [login] };
    if (has) await session.http.post(path, body, { right: rights.copilot, repeatable: true });
    else await session.http.delete(path, { right: rights.copilot, body });
  } else
    throw new ConnectorError('unsupported', `${name} comes through something else and cannot be changed by itself. Nothing was changed.`);
}
