import type { AccountRecord } from '../../../connectors/kit/index.ts';

/** What is known of an account, as columns. */
export type AccountFacts = {
  user_name: string | null;
  address: string | null;
  addresses: string[];
  display_name: string | null;
  given_name: string | null;
  family_name: string | null;
  employee_number: string | null;
  status: string | null;
  status_observed_at: string | null;
  is_admin: boolean | null;
  is_service: boolean | null;
  second_factor: boolean | null;
  is_external: boolean | null;
  role: string | null;
  last_activity_at: string | null;
};

/**
 * What is known of an account after a reading at `asOf` (an instant, ISO 8601): what the reading does not say stays as it was known.
 * An account that was gone and is read again is there, with the status the reading says. `changed` leaves the time of the status aside.
 */
export function mergeAccount(old: AccountFacts | null, record: AccountRecord, asOf: string): { facts: AccountFacts; changed: boolean } {
  const wasGone = old?.status === 'gone';
  const known = wasGone ? { ...old, status: null, status_observed_at: null } : old;
  const addresses = record.addresses.length > 0 ? record.addresses : (known?.addresses ?? []);
  const facts: AccountFacts = {
    user_name: record.userName ?? known?.user_name ?? null,
    address: addresses[0] ?? null,
    addresses,
    display_name: record.displayName ?? known?.display_name ?? null,
    given_name: record.givenName ?? known?.given_name ?? null,
    family_name: record.familyName ?? known?.family_name ?? null,
    employee_number: record.employeeNumber ?? known?.employee_number ?? null,
    status: record.status ?? known?.status ?? null,
    status_observed_at: record.status === null ? (known?.status_observed_at ?? null) : asOf,
    is_admin: record.isAdmin ?? known?.is_admin ?? null,
    is_service: record.isService ?? known?.is_service ?? null,
    second_factor: record.secondFactor ?? known?.second_factor ?? null,
    is_external: record.isExternal ?? known?.is_external ?? null,
    role: roleOf(record) ?? known?.role ?? null,
    last_activity_at: later(record.lastActivityAt, known?.last_activity_at ?? null),
  };
  return { facts, changed: old === null || wasGone || comparable(facts) !== comparable(old) };
}

const roleOf = (record: AccountRecord): string | null =>
  record.entitlements
    ?.filter(({ kind }) => /^roles?$/i.test(kind))
    .map(({ name }) => name)
    .sort()
    .join(', ') || null;

function later(read: Temporal.Instant | null, known: string | null): string | null {
  if (read === null) return known;
  const text = read.round('second').toString();
  return known !== null && Temporal.Instant.compare(known, text) > 0 ? known : text;
}

const comparable = ({ status_observed_at: _, ...facts }: AccountFacts): string =>
  JSON.stringify(
    Object.entries(facts)
      .filter(([key]) => key in emptyFacts)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const emptyFacts: Record<keyof Omit<AccountFacts, 'status_observed_at'>, true> = {
  user_name: true,
  address: true,
  addresses: true,
  display_name: true,
  given_name: true,
  family_name: true,
  employee_number: true,
  status: true,
  is_admin: true,
  is_service: true,
  second_factor: true,
  is_external: true,
  role: true,
  last_activity_at: true,
};
