import type { Entry } from 'ldapts';
import type { EntitlementRecord, Page, Session } from '../kit/index.ts';
import { dialectOf, idOf } from './dialects.ts';
import { allValues, dnKey, firstValue } from './entry.ts';
import { searchPages } from './search.ts';
import type { LdapSettings } from './settings.ts';

const memberNames = ['member', 'uniqueMember', 'memberUid'];

export const groupAttributes = (session: Session<LdapSettings>): string[] => ['cn', 'objectClass', dialectOf(session.settings).id];

export function toEntitlement(entry: Entry, session: Session<LdapSettings>): EntitlementRecord | null {
  const externalId = idOf(entry, dialectOf(session.settings));
  return externalId === null ? null : { externalId, kind: 'group', name: firstValue(entry, 'cn') ?? entry.dn };
}

/** The groups of the directory, also those that nobody is in. */
export async function* listGroups(session: Session<LdapSettings>): AsyncGenerator<Page<EntitlementRecord>> {
  for await (const page of groupPages(session, []))
    yield { ...page, records: page.records.flatMap((entry) => toEntitlement(entry, session) ?? []) };
}

/** Who is in which group: by the name (DN) of the entry and, for posixGroup, by user name. */
export type Memberships = { groupsOf(entry: Entry): EntitlementRecord[] };

/** Reads all memberships once per session, from the groups' side; from the people's side in Active Directory, which cuts long lists of members. */
export function memberships(session: Session<LdapSettings>): Promise<Memberships> {
  return session.remember('ldap memberships', async () =>
    session.settings.dialect === 'active-directory' ? byPeople(session) : byGroups(session),
  );
}

async function byPeople(session: Session<LdapSettings>): Promise<Memberships> {
  const groups = new Map<string, EntitlementRecord>();
  for await (const { records } of groupPages(session, []))
    for (const entry of records) {
      const group = toEntitlement(entry, session);
      if (group) groups.set(dnKey(entry.dn), group);
    }
  return { groupsOf: (entry) => allValues(entry, 'memberOf').flatMap((dn) => groups.get(dnKey(dn)) ?? []) };
}

async function byGroups(session: Session<LdapSettings>): Promise<Memberships> {
  const byDn = new Map<string, EntitlementRecord[]>();
  const byUid = new Map<string, EntitlementRecord[]>();
  const add = (map: Map<string, EntitlementRecord[]>, key: string, group: EntitlementRecord) => {
    const known = map.get(key);
    if (known) known.push(group);
    else map.set(key, [group]);
  };
  for await (const { records } of groupPages(session, memberNames))
    for (const entry of records) {
      const group = toEntitlement(entry, session);
      if (!group) continue;
      for (const dn of [...allValues(entry, 'member'), ...allValues(entry, 'uniqueMember')]) add(byDn, dnKey(dn), group);
      for (const uid of allValues(entry, 'memberUid')) add(byUid, uid.toLowerCase(), group);
    }
  return {
    groupsOf: (entry) => [...(byDn.get(dnKey(entry.dn)) ?? []), ...(byUid.get((firstValue(entry, 'uid') ?? '').toLowerCase()) ?? [])],
  };
}

function groupPages(session: Session<LdapSettings>, more: string[]): AsyncGenerator<Page<Entry>> {
  const { groupsBase, peopleBase } = session.settings;
  const filter = dialectOf(session.settings).groups;
  return searchPages(session, { base: groupsBase ?? peopleBase, filter, attributes: [...groupAttributes(session), ...more] });
}

/** How a group names its members, and the value by which this entry is named there. */
export function memberIn(group: Entry, person: Entry): { attribute: string; value: string } {
  const classes = allValues(group, 'objectClass').map((name) => name.toLowerCase());
  if (classes.includes('groupofuniquenames')) return { attribute: 'uniqueMember', value: person.dn };
  if (classes.includes('posixgroup') && !classes.includes('groupofnames'))
    return { attribute: 'memberUid', value: firstValue(person, 'uid') ?? '' };
  return { attribute: 'member', value: person.dn };
}
