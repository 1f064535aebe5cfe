import type { Entry } from 'ldapts';
import { filterValue, firstValue, hexOf } from './entry.ts';
import type { LdapSettings } from './settings.ts';

/** How one family of directories names things. */
export type Dialect = {
  /** The attribute that never changes, and whether it is bytes. */
  id: string;
  idIsBytes: boolean;
  people: string;
  groups: string;
  userName: string;
  mail: string[];
  employeeNumber: string[];
  department: string[];
  /** What says whether an account is closed; '' where nothing does. */
  closed: string;
  lastActivity: string[];
  attributes: string[];
};

const shared = ['cn', 'displayName', 'givenName', 'sn', 'mail', 'employeeNumber', 'title', 'l', 'manager', 'employeeType'];

const inetOrgPerson: Dialect = {
  id: 'entryUUID',
  idIsBytes: false,
  people: '(objectClass=inetOrgPerson)',
  groups: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))',
  userName: 'uid',
  mail: ['mail'],
  employeeNumber: ['employeeNumber'],
  department: ['departmentNumber', 'ou'],
  closed: '',
  lastActivity: ['pwdLastSuccess', 'authTimestamp'],
  attributes: [
    ...shared,
    'uid',
    'departmentNumber',
    'ou',
    'entryUUID',
    'pwdAccountLockedTime',
    'nsAccountLock',
    'pwdLastSuccess',
    'authTimestamp',
    'nsUniqueId',
    'mobile',
  ],
};

const activeDirectory: Dialect = {
  id: 'objectGUID',
  idIsBytes: true,
  people: '(&(objectCategory=person)(objectClass=user))',
  groups: '(objectClass=group)',
  userName: 'userPrincipalName',
  mail: ['mail', 'proxyAddresses', 'userPrincipalName'],
  employeeNumber: ['employeeNumber', 'employeeID'],
  department: ['department'],
  closed: 'userAccountControl',
  lastActivity: ['lastLogonTimestamp'],
  attributes: [
    ...shared,
    'objectGUID',
    'sAMAccountName',
    'userPrincipalName',
    'proxyAddresses',
    'employeeID',
    'department',
    'userAccountControl',
    'lastLogonTimestamp',
    'memberOf',
    'accountExpires',
    'servicePrincipalName',
  ],
};

export function dialectOf(settings: LdapSettings): Dialect {
  if (settings.dialect === 'active-directory') return activeDirectory;
  return { ...inetOrgPerson, closed: { ppolicy: 'pwdAccountLockedTime', nsaccountlock: 'nsAccountLock', none: '' }[settings.closing] };
}

/** The id of an entry that never changes, or null where the directory does not show one. */
export const idOf = (entry: Entry, dialect: Dialect): string | null =>
  dialect.idIsBytes ? hexOf(entry, dialect.id) : firstValue(entry, dialect.id);

/** A filter for the entry with this id. null: no such id can exist here. */
export function idFilter(id: string, dialect: Dialect): string | null {
  if (dialect.idIsBytes) return /^(?:[0-9a-f]{2})+$/i.test(id) ? `(${dialect.id}=${id.replaceAll(/../g, '\\$&')})` : null;
  return `(${dialect.id}=${filterValue(id)})`;
}

const accountDisabled = 0x2;

/** Bit 2 of userAccountControl, as Active Directory counts (MS-ADTS, section 2.2.16). */
export const adControl = (value: number, open: boolean): number => (open ? value & ~accountDisabled : value | accountDisabled);

/** ppolicy's "locked until an administrator opens it" (draft-behera-ldap-password-policy, section 5.3.3). */
export const lockedForGood = '000001010000Z';

/** Whether an account is closed; null where the directory does not say. */
export function isClosed(entry: Entry, dialect: Dialect): boolean | null {
  if (dialect.closed === '') return null;
  const value = firstValue(entry, dialect.closed);
  if (dialect.closed === 'userAccountControl') return value === null ? null : (Number(value) & accountDisabled) !== 0;
  if (dialect.closed === 'nsAccountLock') return value?.toUpperCase() === 'TRUE';
  // Another time is a lock after wrong passwords, which ends by itself.
  return value === lockedForGood;
}
