import {
  type AccountRecord,
  dayOf,
  flagOf,
  instantOf,
  type Json,
  objectOf,
  objectsOf,
  type PersonRecord,
  textOf,
  unknownAccount,
  unknownPerson,
} from '../kit/index.ts';

/** The fields of a user that are asked for. */
export const userFields = [
  'id',
  'primaryEmail',
  'name',
  'aliases',
  'nonEditableAliases',
  'suspended',
  'archived',
  'isAdmin',
  'isDelegatedAdmin',
  'isEnrolledIn2Sv',
  'isGuestUser',
  'isMailboxSetup',
  'lastLoginTime',
  'creationTime',
  'deletionTime',
  'customerId',
  'externalIds',
  'organizations',
  'relations',
  'orgUnitPath',
].join(',');

export const idOf = (user: Json): string => textOf(user.id) ?? '';

/** The addresses by which Google knows the user, the primary one first. */
export function addressesOf(user: Json): string[] {
  const list = (value: unknown) => (Array.isArray(value) ? value.map(textOf).filter((text) => text !== null) : []);
  const primary = textOf(user.primaryEmail);
  return [...new Set([...(primary === null ? [] : [primary]), ...list(user.aliases), ...list(user.nonEditableAliases)])];
}

export const employeeNumberOf = (user: Json): string | null =>
  textOf(objectsOf(user.externalIds).find(({ type }) => type === 'organization')?.value);

/** The organization that describes the user's job: the primary one, else the first. */
export function jobOf(user: Json): Json {
  const all = objectsOf(user.organizations);
  return all.find(({ primary }) => primary === true) ?? all[0] ?? {};
}

/** Suspended and archived users cannot sign in. */
export function statusOf(user: Json): AccountRecord['status'] {
  const [suspended, archived] = [flagOf(user.suspended), flagOf(user.archived)];
  if (suspended || archived) return 'suspended';
  return suspended === null ? null : 'active';
}

/** When the user last signed in. Google writes the beginning of 1970 for "never". */
export function lastLoginOf(user: Json): Temporal.Instant | null {
  const at = instantOf(user.lastLoginTime);
  return at === null || at.epochMilliseconds <= 0 ? null : at;
}

function isAdminOf(user: Json): boolean | null {
  const [full, delegated] = [flagOf(user.isAdmin), flagOf(user.isDelegatedAdmin)];
  if (full || delegated) return true;
  return full === null || delegated === null ? null : false;
}

/** `usedAt`: when a report says that the account was used last, in milliseconds since 1970. */
export function accountOf(user: Json, entitlements: AccountRecord['entitlements'], usedAt = 0): AccountRecord {
  const name = objectOf(user.name);
  return {
    ...unknownAccount(idOf(user)),
    userName: textOf(user.primaryEmail),
    addresses: addressesOf(user),
    displayName: textOf(name.displayName) ?? textOf(name.fullName),
    givenName: textOf(name.givenName),
    familyName: textOf(name.familyName),
    employeeNumber: employeeNumberOf(user),
    status: statusOf(user),
    isAdmin: isAdminOf(user),
    secondFactor: flagOf(user.isEnrolledIn2Sv),
    isExternal: flagOf(user.isGuestUser),
    lastActivityAt: later(lastLoginOf(user), usedAt),
    entitlements,
  };
}

function later(login: Temporal.Instant | null, usedAt: number): Temporal.Instant | null {
  return usedAt > (login?.epochMilliseconds ?? 0) ? Temporal.Instant.fromEpochMilliseconds(usedAt) : login;
}

/** The user as a person of the directory. That an account is suspended says nothing of its person. */
export function personOf(user: Json): PersonRecord {
  const name = objectOf(user.name);
  const job = jobOf(user);
  return {
    ...unknownPerson(idOf(user)),
    givenName: textOf(name.givenName),
    familyName: textOf(name.familyName),
    preferredName: textOf(name.displayName),
    employeeNumber: employeeNumberOf(user),
    title: textOf(job.title),
    employmentType: textOf(job.description),
    department: textOf(job.department),
    location: textOf(job.location),
    costCentre: textOf(job.costCenter),
    workAddress: textOf(user.primaryEmail),
    status: statusOf(user) === 'active' ? 'active' : null,
    managerAddress: textOf(objectsOf(user.relations).find(({ type }) => type === 'manager')?.value),
  };
}

/** Until which day a deleted user can be restored: 20 days from then. */
export const restorableUntil = (deletedAt: Temporal.Instant): string | null => dayOf(deletedAt.add({ hours: 20 * 24 }).toString());
