import type { Entry } from 'ldapts';
import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  type Page,
  type PersonRecord,
  type ReadWish,
  type Session,
  unknownAccount,
  unknownPerson,
} from '../kit/index.ts';
import { type Dialect, dialectOf, idFilter, idOf, isClosed } from './dialects.ts';
import { allValues, dnKey, filterValue, firstValue } from './entry.ts';
import { memberships } from './groups.ts';
import { searchOne, searchPages } from './search.ts';
import type { LdapSettings } from './settings.ts';

const adAdminGroups = ['domain admins', 'enterprise admins', 'schema admins', 'administrators'];

const peopleOf = ({ settings }: Session<LdapSettings>) => settings.peopleFilter ?? dialectOf(settings).people;

/** All people of the directory as accounts, closed ones too. Throws ConnectorError `settings` when entries show no lasting id. */
export async function* listAccounts(session: Session<LdapSettings>): AsyncGenerator<Page<AccountRecord>> {
  const dialect = dialectOf(session.settings);
  const groups = await memberships(session);
  const question = { base: session.settings.peopleBase, filter: peopleOf(session), attributes: dialect.attributes };
  for await (const page of searchPages(session, question))
    yield { ...page, records: page.records.map((entry) => toAccount(entry, session.settings, groups.groupsOf(entry))) };
}

/** The entry of an account, freshly read; null when the directory says that there is none and the place of people is there. */
export async function readEntry(session: Session<LdapSettings>, externalId: string): Promise<Entry | null> {
  const dialect = dialectOf(session.settings);
  const filter = idFilter(externalId, dialect);
  const base = session.settings.peopleBase;
  const attributes = dialect.attributes;
  // A place of people that is not there is an error of its own: a wrong address proves nobody's absence.
  return filter === null ? null : searchOne(session, { base, filter: `(&${peopleOf(session)}${filter})`, attributes });
}

export async function readAccount(session: Session<LdapSettings>, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const entry = await readEntry(session, externalId);
  return entry === null ? null : accountOf(session, entry, wish);
}

/** Looks an account up by user name or address; directories compare both without case. */
export async function findAccount(session: Session<LdapSettings>, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const dialect = dialectOf(session.settings);
  const name = filterValue(userName);
  const by = (attribute: string) =>
    searchOne(session, {
      base: session.settings.peopleBase,
      filter: `(&${peopleOf(session)}(${attribute}=${name}))`,
      attributes: dialect.attributes,
    });
  const entry = (await by(dialect.userName)) ?? (await by('mail'));
  return entry === null ? null : accountOf(session, entry, wish);
}

async function accountOf(session: Session<LdapSettings>, entry: Entry, { entitlements = 'all' }: ReadWish): Promise<AccountRecord> {
  if (entitlements === 'none') return toAccount(entry, session.settings, null);
  return toAccount(entry, session.settings, (await freshMemberships(session)).groupsOf(entry));
}

/** A read-back must not show what was remembered before the change. */
async function freshMemberships(session: Session<LdapSettings>) {
  return memberships({ ...session, remember: (_, find) => find() });
}

function toAccount(entry: Entry, settings: LdapSettings, groups: EntitlementRecord[] | null): AccountRecord {
  const dialect = dialectOf(settings);
  const id = idOf(entry, dialect);
  if (id === null)
    throw new ConnectorError(
      'settings',
      `The directory shows no ${dialect.id}, by which an entry is known for good. Let the account that Groundcrew signs in as read it.`,
    );
  const closed = isClosed(entry, dialect);
  return {
    ...unknownAccount(id),
    userName: firstValue(entry, dialect.userName) ?? firstValue(entry, 'sAMAccountName'),
    addresses: addressesOf(entry, dialect),
    displayName: firstValue(entry, 'displayName') ?? firstValue(entry, 'cn'),
    givenName: firstValue(entry, 'givenName'),
    familyName: firstValue(entry, 'sn'),
    employeeNumber: firstOf(entry, dialect.employeeNumber),
    status: closed === null ? null : closed ? 'suspended' : 'active',
    isAdmin: isAdmin(settings, groups),
    isService: allValues(entry, 'servicePrincipalName').length > 0 ? true : null,
    lastActivityAt: instantOfDirectory(firstOf(entry, dialect.lastActivity)),
    entitlements: groups,
  };
}

const firstOf = (entry: Entry, names: string[]): string | null =>
  names.map((name) => firstValue(entry, name)).find((value) => value !== null) ?? null;

function addressesOf(entry: Entry, dialect: Dialect): string[] {
  const all = dialect.mail.flatMap((name) => allValues(entry, name)).map((text) => text.replace(/^smtp:/i, ''));
  return [...new Map(all.filter((text) => /^[^\s@:]+@[^\s@]+$/.test(text)).map((text) => [text.toLowerCase(), text])).values()];
}

function isAdmin(settings: LdapSettings, groups: EntitlementRecord[] | null): boolean | null {
  const names = [
    ...settings.adminGroups.map((name) => name.toLowerCase()),
    ...(settings.dialect === 'active-directory' ? adAdminGroups : []),
  ];
  if (names.length === 0 || groups === null) return null;
  return groups.some(({ name }) => names.includes(name.toLowerCase()));
}

/** GeneralizedTime (RFC 4517, section 3.3.13), or hundreds of nanoseconds since 1601 as Active Directory counts. */
function instantOfDirectory(text: string | null): Temporal.Instant | null {
  if (text === null) return null;
  const [, year, month, day, hour, minute, second = '00'] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?Z$/.exec(text) ?? [];
  try {
    if (year) return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    const ticks = /^\d{17,19}$/.test(text) ? BigInt(text) : 0n;
    return ticks > 0n && ticks < 0x7fffffffffffffffn
      ? Temporal.Instant.fromEpochMilliseconds(Number(ticks / 10_000n) - 11_644_473_600_000)
      : null;
  } catch {
    return null;
  }
}

/** The people of the directory for the roster; a manager is named by the manager's own entry. */
export async function* listPeople(session: Session<LdapSettings>): AsyncGenerator<Page<PersonRecord>> {
  const dialect = dialectOf(session.settings);
  const question = { base: session.settings.peopleBase, filter: peopleOf(session), attributes: dialect.attributes };
  const ids = new Map<string, string>();
  for await (const { records } of searchPages(session, { ...question, attributes: [dialect.id] }))
    for (const entry of records) ids.set(dnKey(entry.dn), idOf(entry, dialect) ?? '');
  for await (const page of searchPages(session, question))
    yield {
      ...page,
      records: page.records.flatMap((entry): PersonRecord[] => {
        const account = toAccount(entry, session.settings, null);
        const manager = firstValue(entry, 'manager');
        if (account.isService) return [];
        return [
          {
            ...unknownPerson(account.externalId),
            givenName: account.givenName,
            familyName: account.familyName,
            employeeNumber: account.employeeNumber,
            title: firstValue(entry, 'title'),
            employmentType: firstValue(entry, 'employeeType'),
            department: firstOf(entry, dialect.department),
            location: firstValue(entry, 'l'),
            workAddress: account.addresses[0] ?? null,
            status: account.status === 'active' ? 'active' : null,
            managerExternalId: manager === null ? null : (ids.get(dnKey(manager)) ?? null),
          },
        ];
      }),
    };
}
