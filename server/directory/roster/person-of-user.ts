import type { PushedValues } from '../../people/index.ts';
import { enterpriseUrn, type Json, type Resource } from '../scim/schemas.ts';

type Fields = { [key: string]: Json };

const address = /^[^\s@<>]+@[^\s@<>]+$/;
const text = (value: Json | undefined): string | undefined => {
  const cut = typeof value === 'string' ? value.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
  return cut === '' || cut.length > 500 ? undefined : cut;
};
const fieldsIn = (value: Json | undefined): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const listIn = (value: Json | undefined): Fields[] => (Array.isArray(value) ? value.map(fieldsIn) : []);

/** The address at work that a user names: of type work and primary first, then of type work, primary, the first; else the user name if it is one. */
export function workAddressOf(user: Resource): string | undefined {
  const emails = listIn(user.emails);
  const weight = (email: Fields) => (email.type === 'work' ? 2 : 0) + (email.primary === true ? 1 : 0);
  const best = emails.toSorted((a, b) => weight(b) - weight(a)).find((email) => email.type !== 'home');
  return [text(best?.value), text(user.userName)].find((each) => each !== undefined && address.test(each));
}

/** Every address by which the roster may know them. A private one is none of them. */
export function addressesOf(user: Resource): string[] {
  const all = [text(user.userName), ...listIn(user.emails).map((email) => (email.type === 'home' ? undefined : text(email.value)))];
  return [...new Set(all.filter((each) => each !== undefined && address.test(each)))] as string[];
}

/** What a user says of a person. What is absent was not said, and changes nothing. The manager is a user, looked up elsewhere. */
export function personOfUser(user: Resource): PushedValues {
  const name = fieldsIn(user.name);
  const enterprise = fieldsIn(user[enterpriseUrn]);
  const values: { [Field in keyof PushedValues]: string | undefined } = {
    ...namesOf(user, name),
    preferredName: text(user.nickName),
    employeeNumber: text(enterprise.employeeNumber),
    title: text(user.title),
    employmentType: text(user.userType),
    department: text(enterprise.department),
    costCentre: text(enterprise.costCenter),
    timeZone: text(user.timezone),
    workAddress: workAddressOf(user),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as PushedValues;
}

/** Given and family name; where only one is told, it is the given name. Without either the display name is split at its first blank. */
function namesOf(user: Resource, name: Fields): { givenName: string | undefined; familyName: string | undefined } {
  const given = text(name.givenName);
  const family = text(name.familyName);
  if (given !== undefined) return { givenName: given, familyName: family };
  const called = text(user.displayName) ?? text(name.formatted);
  if (family !== undefined) {
    const before = called?.endsWith(` ${family}`) ? called.slice(0, -family.length - 1) : undefined;
    return before ? { givenName: before, familyName: family } : { givenName: family, familyName: undefined };
  }
  const [first, ...rest] = (called ?? '').split(' ');
  return { givenName: first || undefined, familyName: rest.join(' ') || undefined };
}

/** What to call somebody of whom a user gives no name: what stands before the @, else the user name. */
export const nameFromUserName = (user: Resource): string => (text(user.userName) ?? 'Unnamed').split('@')[0] || 'Unnamed';
