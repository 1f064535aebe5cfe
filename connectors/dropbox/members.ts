import {
  type AccountRecord,
  type AppGrantRecord,
  type EntitlementRecord,
  instantOf,
  type Json,
  objectOf,
  objectsOf,
  type Page,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { allOf, type DropboxSession, dropbox, ifAllowed, scopes } from './call.ts';

export const byId = (id: string) => ({ '.tag': 'team_member_id', team_member_id: id });
export const byAddress = (email: string) => ({ '.tag': 'email', email });

/** Groups by id; null without the scope. Those that Dropbox keeps itself ("everyone") cannot be changed and are left out. */
export const groupsOf = (session: DropboxSession) =>
  session.remember('groups', () =>
    ifAllowed(async () => {
      const groups = await allOf(session, 'groups/list', { limit: 1_000 }, 'groups', scopes.groups);
      const kept = groups.filter(({ group_management_type: kind }) => objectOf(kind)['.tag'] !== 'system_managed');
      return new Map(kept.map((group): [string, EntitlementRecord] => [String(group.group_id), toGroup(group)]));
    }),
  );

const toGroup = ({ group_id: id, group_name: name }: Json): EntitlementRecord => ({
  externalId: String(id),
  kind: 'group',
  name: textOf(name) ?? String(id),
});

/** A cursor that comes again is an endless list; Dropbox may give the same one for all pages, so pages are counted too. */
export const listAccounts = (session: DropboxSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const at = cursor?.replace(/^\d+ /, '');
    const page = objectOf(
      at === undefined
        ? await dropbox(session, 'members/list_v2', { limit: 200, include_removed: false }, scopes.members)
        : await dropbox(session, 'members/list/continue_v2', { cursor: at }, scopes.members),
    );
    const groups = await groupsOf(session);
    const turn = Number(/^\d+/.exec(cursor ?? '0')?.[0] ?? 0) + 1;
    return {
      records: objectsOf(page.members).map((member) => toAccount(member, groups)),
      next: page.has_more === true ? `${turn} ${String(page.cursor)}` : null,
    };
  });

/** Who is invited has not come in yet: neither active nor suspended. */
const statuses: Record<string, AccountRecord['status']> = { active: 'active', suspended: 'suspended' };

function toAccount(member: Json, groups: Map<string, EntitlementRecord> | null): AccountRecord {
  const profile = objectOf(member.profile);
  const name = objectOf(profile.name);
  const email = textOf(profile.email);
  const seconds = objectsOf(profile.secondary_emails).flatMap((each) => (each.is_verified === true ? (textOf(each.email) ?? []) : []));
  const held = Array.isArray(profile.groups) ? profile.groups.map(String) : [];
  return {
    ...unknownAccount(String(profile.team_member_id)),
    userName: email,
    addresses: email === null ? seconds : [email, ...seconds],
    displayName: textOf(name.display_name),
    givenName: textOf(name.given_name),
    familyName: textOf(name.surname),
    employeeNumber: textOf(profile.external_id),
    status: statuses[String(objectOf(profile.status)['.tag'])] ?? null,
    isAdmin: Array.isArray(member.roles) ? member.roles.length > 0 : null,
    entitlements: groups && held.flatMap((id) => groups.get(id) ?? []),
  };
}

/** One member as it stands; null when there is none, and when it was removed. */
export async function memberOf(session: DropboxSession, user: Json): Promise<Json | null> {
  const answer = objectOf(await dropbox(session, 'members/get_info_v2', { members: [user] }, scopes.members));
  const [found] = objectsOf(answer.members_info);
  if (found?.['.tag'] !== 'member_info') return null;
  return objectOf(objectOf(found.profile).status)['.tag'] === 'removed' ? null : found;
}

async function accountOf(session: DropboxSession, user: Json, { entitlements = 'all' }: ReadWish): Promise<AccountRecord | null> {
  const member = await memberOf(session, user);
  return member && toAccount(member, entitlements === 'none' ? null : await groupsOf(session));
}

export const readAccount = (session: DropboxSession, externalId: string, wish: ReadWish = {}) => accountOf(session, byId(externalId), wish);
export const findAccount = (session: DropboxSession, userName: string, wish: ReadWish = {}) =>
  accountOf(session, byAddress(userName), wish);

/** Programs of others that members linked to their Dropbox. */
export async function* listAppGrants(session: DropboxSession): AsyncGenerator<Page<AppGrantRecord>> {
  let cursor: string | null = null;
  for (;;) {
    const page: Json = objectOf(
      await dropbox(session, 'linked_apps/list_members_linked_apps', cursor === null ? {} : { cursor }, scopes.sessions),
    );
    const more = page.has_more === true && textOf(page.cursor) !== null;
    yield { records: objectsOf(page.apps).flatMap(grantsOf), total: null, last: !more };
    if (!more) return;
    cursor = textOf(page.cursor);
  }
}

const grantsOf = ({ team_member_id: member, linked_api_apps: apps }: Json): AppGrantRecord[] =>
  objectsOf(apps).map((app) => ({
    accountExternalId: String(member),
    externalId: String(app.app_id),
    name: textOf(app.app_name) ?? String(app.app_id),
    scopes: [app.is_app_folder === true ? 'its own folder' : 'all files'],
    grantedAt: instantOf(app.linked),
    lastUsedAt: null,
  }));
