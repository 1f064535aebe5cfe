import type { AccountRecord, EntitlementRecord, Page, Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { allMemberships, toEntitlement } from './memberships.ts';
import { readList } from './read-list.ts';
import { adminNames } from './read-user.ts';
import { idOf } from './resource.ts';
import type { ScimSettings } from './settings.ts';
import { toAccount } from './to-account.ts';

/** All accounts, suspended ones included, with the groups they are in. */
export async function* listUsers(session: Session<ScimSettings>): AsyncGenerator<Page<AccountRecord>> {
  const memberships = await allMemberships(session);
  const admins = adminNames(session.settings);
  for await (const { records, total } of readList(session, 'Users')) {
    yield {
      records: records.map((user) => toAccount(user, memberships === null ? null : (memberships.get(idOf(user)) ?? []), admins)),
      total,
    };
  }
}

/** All groups, those without members too. Roles and entitlements have no list of their own in SCIM: they show on the accounts that hold them. */
export async function* listEntitlements(session: Session<ScimSettings>): AsyncGenerator<Page<EntitlementRecord>> {
  if ((await discover(session)).groups === false) return;
  for await (const { records, total } of readList(session, 'Groups', 'members')) yield { records: records.map(toEntitlement), total };
}
