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

/** The properties of a user that are asked for; Graph gives no others. */
export const userFields = [
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'proxyAddresses',
  'employeeId',
  'department',
  'jobTitle',
  'accountEnabled',
  'userType',
  'onPremisesSyncEnabled',
  'usageLocation',
  'assignedLicenses',
  'licenseAssignmentStates',
  'lastPasswordChangeDateTime',
  'signInSessionsValidFromDateTime',
];

export const activityField = 'signInActivity';

export const personFields = [
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'employeeId',
  'department',
  'jobTitle',
  'employeeType',
  'employeeHireDate',
  'employeeOrgData',
  'officeLocation',
  'usageLocation',
  'accountEnabled',
  'userType',
];

export const idOf = (user: Json): string => textOf(user.id) ?? '';

/** Mail addresses, the primary one first. `proxyAddresses` writes `SMTP:` before the primary and `smtp:` before the others. */
export function addressesOf(user: Json): string[] {
  const proxies = (Array.isArray(user.proxyAddresses) ? user.proxyAddresses : []).map(textOf).filter((text) => text !== null);
  const of = (prefix: string) => proxies.filter((text) => text.startsWith(prefix)).map((text) => text.slice(prefix.length));
  const named = [textOf(user.mail), ...of('SMTP:'), ...of('smtp:'), signInAddress(user)].filter((text) => text !== null);
  const seen = new Set<string>();
  return named.filter((address) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()));
}

/** The sign-in name of a guest (`ada_other.example#EXT#@acme…`) is no address. */
function signInAddress(user: Json): string | null {
  const name = textOf(user.userPrincipalName);
  return name === null || name.includes('#EXT#') || !name.includes('@') ? null : name;
}

export function statusOf(user: Json): AccountRecord['status'] {
  const enabled = flagOf(user.accountEnabled);
  return enabled === null ? null : enabled ? 'active' : 'suspended';
}

/** The last sign-in that succeeded; where Microsoft noted none down yet, the last one that was tried. */
export function lastSignInOf(user: Json): Temporal.Instant | null {
  const activity = objectOf(user.signInActivity);
  const successful = instantOf(activity.lastSuccessfulSignInDateTime);
  if (successful !== null) return successful;
  const tried = [instantOf(activity.lastSignInDateTime), instantOf(activity.lastNonInteractiveSignInDateTime)].filter((at) => at !== null);
  return tried.sort(Temporal.Instant.compare).at(-1) ?? null;
}

const userTypes: Record<string, boolean> = { Guest: true, Member: false };

export function accountOf(
  user: Json,
  known: { entitlements: AccountRecord['entitlements']; isAdmin: boolean | null; secondFactor: boolean | null },
): AccountRecord {
  return {
    ...unknownAccount(idOf(user)),
    userName: textOf(user.userPrincipalName),
    addresses: addressesOf(user),
    displayName: textOf(user.displayName),
    givenName: textOf(user.givenName),
    familyName: textOf(user.surname),
    employeeNumber: textOf(user.employeeId),
    status: statusOf(user),
    isExternal: userTypes[textOf(user.userType) ?? ''] ?? null,
    lastActivityAt: lastSignInOf(user),
    ...known,
  };
}

/** The user as a person of the directory. That an account is suspended says nothing of its person. */
export function personOf(user: Json): PersonRecord {
  const manager = objectOf(user.manager);
  return {
    ...unknownPerson(idOf(user)),
    givenName: textOf(user.givenName),
    familyName: textOf(user.surname),
    preferredName: textOf(user.displayName),
    employeeNumber: textOf(user.employeeId),
    title: textOf(user.jobTitle),
    employmentType: textOf(user.employeeType),
    department: textOf(user.department),
    location: textOf(user.officeLocation),
    country: textOf(user.usageLocation),
    costCentre: textOf(objectOf(user.employeeOrgData).costCenter),
    workAddress: textOf(user.mail) ?? signInAddress(user),
    startDate: dayOf(user.employeeHireDate),
    status: statusOf(user) === 'active' ? 'active' : null,
    managerExternalId: textOf(manager.id),
    managerAddress: textOf(manager.mail) ?? textOf(manager.userPrincipalName),
  };
}

/** The licences of a user: by SKU, and whether the user has it itself or only by a group. */
export function licencesOf(user: Json): { skuId: string; byGroupOnly: boolean }[] {
  const direct = new Set<string>();
  const byGroup = new Set<string>();
  const states = objectsOf(user.licenseAssignmentStates);
  for (const { skuId, assignedByGroup, state } of states) {
    const id = textOf(skuId);
    if (id !== null && state !== 'Disabled') (textOf(assignedByGroup) === null ? direct : byGroup).add(id);
  }
  for (const { skuId } of objectsOf(user.assignedLicenses)) {
    const id = textOf(skuId);
    if (id !== null && !byGroup.has(id)) direct.add(id);
  }
  return [
    ...[...direct].map((skuId) => ({ skuId, byGroupOnly: false })),
    ...[...byGroup].filter((id) => !direct.has(id)).map((skuId) => ({ skuId, byGroupOnly: true })),
  ];
}

/** Until which day a deleted user can be restored: 30 days from then. */
export const restorableUntil = (deletedAt: Temporal.Instant): string | null => dayOf(deletedAt.add({ hours: 30 * 24 }).toString());
