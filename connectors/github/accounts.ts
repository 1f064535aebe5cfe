import {
  type AccountRecord,
  type CursorPage,
  type Json,
  nextLink,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { type GithubSession, inOrganization, ownerOnly, peopleOf, rights } from './call.ts';
import { holdings, holdingsOfOne, pagesOf, withoutSecondFactor } from './holdings.ts';

const invitationPrefix = 'invitation-';
const lists = ['members', 'outside_collaborators', 'invitations'] as const;

/** The number of an invitation in the id of an account that is one; null: it is a user. */
export const invitationOf = (externalId: string) =>
  externalId.startsWith(invitationPrefix) ? externalId.slice(invitationPrefix.length) : null;

/** Members, then outside collaborators, then those who are invited. A user's id is GitHub's number, because names change. */
export const listAccounts = (session: GithubSession) =>
  pageByCursor(async (cursor): Promise<CursorPage<AccountRecord>> => {
    await ownerOnly(session);
    const [list, address] = (cursor ?? `members ${inOrganization(session, 'members?per_page=100')}`).split(' ') as [
      (typeof lists)[number],
      string,
    ];
    const response = await session.http.get(address, { right: rights.members });
    const found = objectsOf(response.json());
    const next = nextLink(response.headers.link);
    const after = lists[lists.indexOf(list) + 1];
    return {
      records: list === 'invitations' ? found.map(invitedAccount) : await usersAsAccounts(session, found, list === 'outside_collaborators'),
      next: next !== null ? `${list} ${next}` : after ? `${after} ${inOrganization(session, `${after}?per_page=100`)}` : null,
    };
  });

async function usersAsAccounts(session: GithubSession, users: Json[], isExternal: boolean): Promise<AccountRecord[]> {
  const [{ held, owners }, without, people] = await Promise.all([
    holdings(session),
    withoutSecondFactor(session),
    peopleOf(
      session,
      users.map(({ node_id }) => String(node_id)),
    ),
  ]);
  return users.map((user) => {
    const id = String(user.id);
    return {
      ...userAccount(user, people.get(id) ?? {}, { isExternal, without }),
      isAdmin: owners.has(id),
      entitlements: held.get(id) ?? [],
    };
  });
}

function userAccount(user: Json, person: Json, more: { isExternal: boolean; without: Set<string> | null }): AccountRecord {
  const id = String(user.id);
  const verified = Array.isArray(person.organizationVerifiedDomainEmails) ? person.organizationVerifiedDomainEmails : [];
  const addresses = [...verified, person.email].flatMap((address) => textOf(address) ?? []);
  return {
    ...unknownAccount(id),
    userName: textOf(user.login),
    addresses: [...new Set(addresses)],
    displayName: textOf(person.name),
    status: 'active',
    isService: user.type === 'Bot' ? true : null,
    isExternal: more.isExternal,
    secondFactor: more.without === null ? null : !more.without.has(id),
  };
}

/** An invitation is an open door and no account yet: its state is unknown, neither active nor suspended. */
function invitedAccount(invitation: Json): AccountRecord {
  const address = textOf(invitation.email);
  return {
    ...unknownAccount(`${invitationPrefix}${invitation.id}`),
    userName: textOf(invitation.login) ?? address,
    addresses: address === null ? [] : [address],
    isAdmin: invitation.role === 'admin',
    isExternal: false,
  };
}

export async function findInvitation(session: GithubSession, fits: (invitation: Json) => boolean): Promise<Json | null> {
  for await (const page of pagesOf(session, inOrganization(session, 'invitations?per_page=100'), null, rights.members)) {
    const found = page.find(fits);
    if (found) return found;
  }
  return null;
}

const isOutside = async (session: GithubSession, id: string): Promise<boolean> => {
  for await (const page of pagesOf(session, inOrganization(session, 'outside_collaborators?per_page=100'), null, rights.members))
    if (page.some((user) => String(user.id) === id)) return true;
  return false;
};

/** How a user stands in the organization: its membership, as an outside collaborator, or not at all. */
export async function standingOf(session: GithubSession, user: Json): Promise<{ isOwner: boolean; isExternal: boolean } | null> {
  const path = inOrganization(session, `memberships/${encodeURIComponent(String(user.login))}`);
  const response = await session.http.get(path, { accept: [404], right: rights.members });
  const membership = response.status === 404 ? {} : objectOf(response.json());
  if (membership.state === 'active') return { isOwner: membership.role === 'admin', isExternal: false };
  return (await isOutside(session, String(user.id))) ? { isOwner: false, isExternal: true } : null;
}

/** A user by number, or null when GitHub knows none. */
export async function userOf(session: GithubSession, externalId: string): Promise<Json | null> {
  const response = await session.http.get(`user/${encodeURIComponent(externalId)}`, { accept: [404] });
  return response.status === 404 ? null : objectOf(response.json());
}

export async function readAccount(session: GithubSession, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  await ownerOnly(session);
  const invitation = invitationOf(externalId);
  if (invitation !== null) {
    const found = await findInvitation(session, ({ id }) => String(id) === invitation);
    return found && invitedAccount(found);
  }
  const user = await userOf(session, externalId);
  return user && read(session, user, wish);
}

async function read(session: GithubSession, user: Json, wish: ReadWish): Promise<AccountRecord | null> {
  const standing = await standingOf(session, user);
  if (standing === null) return null;
  const [without, people] = await Promise.all([withoutSecondFactor(session), peopleOf(session, [String(user.node_id)])]);
  const { entitlements = 'all' } = wish;
  const { isOwner, isExternal } = standing;
  const one = { id: String(user.id), login: String(user.login), isOwner };
  return {
    ...userAccount(user, people.get(one.id) ?? {}, { isExternal, without }),
    isAdmin: isOwner,
    entitlements: entitlements === 'none' ? null : await holdingsOfOne(session, one, entitlements === 'all' ? null : entitlements),
  };
}

/** By GitHub's user name, or by the name or address that an invitation went to. */
export async function findAccount(session: GithubSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  await ownerOnly(session);
  const wanted = userName.toLowerCase();
  if (!wanted.includes('@')) {
    const response = await session.http.get(`users/${encodeURIComponent(userName)}`, { accept: [404] });
    const account = response.status === 404 ? null : await read(session, objectOf(response.json()), wish);
    if (account !== null) return account;
  }
  const found = await findInvitation(session, ({ email, login }) => [email, login].some((name) => textOf(name)?.toLowerCase() === wanted));
  return found && invitedAccount(found);
}
