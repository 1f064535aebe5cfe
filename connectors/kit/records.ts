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
  lastActivityAt: Temporal.Instant | null;
  entitlements: EntitlementRecord[] | null;
  etag: string | null;
};

/** One page of a list. `total`: how many the source says there are in all, null when it does not say. */
export type Page<T> = { records: T[]; total: number | null };
