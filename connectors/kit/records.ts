/** What an account may do or belong to in an app: role, group, licence, seat, channel … `kind` is the app's own word for it. */
export type EntitlementRecord = { externalId: string; kind: string; name: string };

/**
 * One account as the app shows it. Every field but the first is three-valued: null means that the source does not say, never "no".
 * `addresses`: mail addresses, the primary one first. `entitlements`: null = not known, [] = known to have none.
 * `etag`: the version to send back with a change.
 */
export type AccountRecord = {
  externalId: string;
  userName: string | null;
  addresses: string[];
  displayName: string | null;
  givenName: string | null;
  familyName: string | null;
  employeeNumber: string | null;
  status: 'active' | 'suspended' | null;
  isAdmin: boolean | null;
  isService: boolean | null;
  /** Signs in with a second factor, as far as the app knows. */
  secondFactor: boolean | null;
  /** Of somebody outside the company: guest, outside collaborator. */
  isExternal: boolean | null;
  lastActivityAt: Temporal.Instant | null;
  entitlements: EntitlementRecord[] | null;
  etag: string | null;
};

/** An account of which nothing is known but its id: what a connector's reading begins with. */
export const unknownAccount = (externalId: string): AccountRecord => ({
  externalId,
  userName: null,
  addresses: [],
  displayName: null,
  givenName: null,
  familyName: null,
  employeeNumber: null,
  status: null,
  isAdmin: null,
  isService: null,
  secondFactor: null,
  isExternal: null,
  lastActivityAt: null,
  entitlements: null,
  etag: null,
});

/**
 * One page of a list. `total`: how many the source says there are in all, null when it does not say. `last`: true when the source says
 * that nothing follows (no next cursor where it would give one).
 */
export type Page<T> = { records: T[]; total: number | null; last?: boolean };

/** One page of what changed since a mark. `gone`: ids that are there no more. `next`: the mark for the next time, on the last page only. */
export type ChangesPage = { changed: AccountRecord[]; gone: string[]; next: string | null };

/** What a program of somebody else may do in the name of an account (an OAuth grant). `externalId`: the program's id. */
export type AppGrantRecord = {
  accountExternalId: string;
  externalId: string;
  name: string;
  scopes: string[];
  grantedAt: Temporal.Instant | null;
  lastUsedAt: Temporal.Instant | null;
};

/** Something an account owns that outlives it: files, recurring meetings, automations, tokens. `count`: how many of it, null: not known. */
export type OwnedRecord = { kind: string; externalId: string; name: string; count: number | null };

/**
 * One person as an HR system or directory tells it. null: it does not say, and nothing is changed. Days are ISO 8601 (YYYY-MM-DD), local.
 * `employmentType`: in the source's own words. `status`: what the source says today.
 */
export type PersonRecord = {
  externalId: string;
  givenName: string | null;
  familyName: string | null;
  preferredName: string | null;
  employeeNumber: string | null;
  title: string | null;
  employmentType: string | null;
  department: string | null;
  location: string | null;
  timeZone: string | null;
  country: string | null;
  costCentre: string | null;
  workAddress: string | null;
  personalAddress: string | null;
  startDate: string | null;
  lastWorkingDay: string | null;
  legalEnd: string | null;
  leaveFrom: string | null;
  leaveUntil: string | null;
  status: 'active' | 'on leave' | 'left' | null;
  /** How the source names the manager; the first that is known is taken. */
  managerExternalId: string | null;
  managerAddress: string | null;
};

/** A person of whom nothing is told but the id. */
export const unknownPerson = (externalId: string): PersonRecord => ({
  externalId,
  givenName: null,
  familyName: null,
  preferredName: null,
  employeeNumber: null,
  title: null,
  employmentType: null,
  department: null,
  location: null,
  timeZone: null,
  country: null,
  costCentre: null,
  workAddress: null,
  personalAddress: null,
  startDate: null,
  lastWorkingDay: null,
  legalEnd: null,
  leaveFrom: null,
  leaveUntil: null,
  status: null,
  managerExternalId: null,
  managerAddress: null,
});
