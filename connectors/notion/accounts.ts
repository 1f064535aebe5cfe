import {
  type AccountRecord,
  type EntitlementRecord,
  flagOf,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { ifScim, type NotionSession, scim, scimPages, usersPage } from './call.ts';

const extension = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';

/** What SCIM knows of a member. */
type Member = { isAdmin: boolean | null; active: boolean | null };

export async function groupsOf(session: NotionSession): Promise<{ group: EntitlementRecord; members: string[] | null }[]> {
  const found: { group: EntitlementRecord; members: string[] | null }[] = [];
  for await (const page of scimPages(session, 'Groups')) for (const group of page) found.push(asGroup(group));
  return found;
}

const asGroup = (group: Json) => ({
  group: { externalId: String(group.id), kind: 'group', name: textOf(group.displayName) ?? String(group.id) },
  members: Array.isArray(group.members) ? objectsOf(group.members).map(({ value }) => String(value)) : null,
});

/** Groups by member; null where a group does not show who is in it. */
async function groupsByMember(session: NotionSession): Promise<Map<string, EntitlementRecord[]> | null> {
  const held = new Map<string, EntitlementRecord[]>();
  for (const { group, members } of await groupsOf(session)) {
    if (members === null) return null;
    for (const id of members) held.set(id, [...(held.get(id) ?? []), group]);
  }
  return held;
}

const memberOf = (user: Json): Member => {
  const role = textOf(objectOf(user[extension]).role);
  return { isAdmin: role === null ? null : ['owner', 'membership_admin'].includes(role), active: flagOf(user.active) };
};

/** All that SCIM knows, once per session. */
export const provisioned = (session: NotionSession) =>
  session.remember('provisioned', () =>
    ifScim(async () => {
      const members = new Map<string, Member>();
      for await (const page of scimPages(session, 'Users')) for (const user of page) members.set(String(user.id), memberOf(user));
      return { members, groups: await groupsByMember(session) };
    }),
  );

/** People and bots of the workspace. */
export const listAccounts = (session: NotionSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const [{ users, next }, known] = await Promise.all([usersPage(session, cursor), provisioned(session)]);
    return {
      records: users.map((user) => {
        const id = String(user.id);
        const account = toAccount(user, known?.members.get(id) ?? null);
        return { ...account, entitlements: known?.groups && user.type === 'person' ? (known.groups.get(id) ?? []) : null };
      }),
      next,
    };
  });

function toAccount(user: Json, member: Member | null): AccountRecord {
  const address = textOf(objectOf(user.person).email);
  return {
    ...unknownAccount(String(user.id)),
    userName: address ?? textOf(user.name),
    addresses: address === null ? [] : [address],
    displayName: textOf(user.name),
    status: member?.active === false ? 'suspended' : 'active',
    isAdmin: member?.isAdmin ?? null,
    isService: user.type === 'bot' ? true : null,
  };
}

/** A user in the list of the workspace. One by one, Notion may also show people who have left it, so the list decides who is there. */
async function listed(session: NotionSession, fits: (user: Json) => boolean): Promise<Json | null> {
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof usersPage>> = await usersPage(session, cursor);
    const found = page.users.find(fits);
    if (found || page.next === null) return found ?? null;
    cursor = page.next;
  }
}

/** Where SCIM can be asked, it decides who is a member; else, and for bots, the list of the workspace. */
export async function readAccount(session: NotionSession, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const provision = await ifScim(() => scim.get(session, `Users/${encodeURIComponent(externalId)}`));
  const user = await listed(session, ({ id }) => id === externalId);
  if (provision === null || user?.type === 'bot') return user && toAccount(user, null);
  if (provision.status === 404) return null;
  const account = toAccount(user ?? fromScim(provision.body), memberOf(provision.body));
  const { entitlements = 'all' } = wish;
  if (entitlements === 'none') return account;
  if (entitlements === 'all')
    return { ...account, entitlements: ((held) => held && (held.get(externalId) ?? []))(await groupsByMember(session)) };
  const members = await membersOf(session, entitlements.externalId);
  return { ...account, entitlements: members && (members.includes(externalId) ? [entitlements] : []) };
}

/** A SCIM user in the shape of the public interface: who was just created may not be in the list yet. */
const fromScim = (user: Json): Json => {
  const { formatted, givenName, familyName } = objectOf(user.name);
  const name = textOf(formatted) ?? [givenName, familyName].flatMap((part) => textOf(part) ?? []).join(' ');
  return { id: user.id, type: 'person', name, person: { email: user.userName } };
};

/** Who is in a group now; null where it does not show them, [] where there is no such group. */
export async function membersOf(session: NotionSession, groupId: string): Promise<string[] | null> {
  const { status, body } = await scim.get(session, `Groups/${encodeURIComponent(groupId)}`);
  return status === 404 ? [] : asGroup(body).members;
}

/** By mail address or shown name, in the list; by address also in SCIM, which knows new members first. */
export async function findAccount(session: NotionSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const wanted = userName.toLowerCase();
  const isWanted = (...names: unknown[]) => names.some((name) => textOf(name)?.toLowerCase() === wanted);
  const user = await listed(session, ({ name, person }) => isWanted(name, objectOf(person).email));
  if (user) return readAccount(session, String(user.id), wish);
  const id = await ifScim(async () => {
    for await (const page of scimPages(session, 'Users')) {
      const found = page.find((each) => isWanted(each.userName));
      if (found) return String(found.id);
    }
    return null;
  });
  return id === null ? null : readAccount(session, id, wish);
}
