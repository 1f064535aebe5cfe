import type { EntitlementRecord, NewAccount } from '../../../connectors/kit/index.ts';
import type { FakeServer } from './start-fake.ts';

/** The secret that every fixture is entered with; it must never be shown. */
export const fixtureSecret = 's3cret-of-the-fixture';

/**
 * Where a vendor's own description of its interface lies, below `../shared/data/apis`, and how it is written. `below`: what stands before its paths
 * in the fake's address. `undescribed`: the beginnings of paths (or of the fake's routes) that it leaves out, and what the fake follows there instead. `forgiven`: where the
 * description itself is wrong: a part of the fault's words, and why. `none`: the vendor publishes nothing that a machine can read; `source` says
 * what the fake follows.
 */
export type Description =
  | {
      kind: 'openapi' | 'discovery' | 'stone';
      files: string[];
      below?: string;
      undescribed?: { path: string; source: string }[];
      forgiven?: { fault: string; why: string }[];
    }
  | { kind: 'none'; source: string };

/** A running fake and what stands in it. */
export type RunningVendor = {
  server: FakeServer;
  settings: unknown;
  secrets: unknown;
  /** An active account of a usual person, not an administrator. `id` as the connector names it. */
  account: { id: string; userName: string };
  /** Another active account, to hand over to. */
  colleague: { id: string; userName: string; address: string };
  /** Something that can be granted and that the account does not hold; null where the connector grants nothing. */
  entitlement: EntitlementRecord | null;
  /** An id that is well formed and names no account. */
  missingId: string;
  /** How the vendor shows somebody new; a usual person of acme.example unless told. */
  newAccount?: Partial<NewAccount>;
  /** A program that the account lets act for it; null where there is none. */
  appGrant: { externalId: string; name: string } | null;
  /** Changes so many accounts inside the vendor, as people there would; undefined where changes are not followed. */
  changeSome?(count: number): void;
};

/**
 * What the sweep over all connectors needs to know of one: how it is configured for a server at an address (no server need be there), and how
 * its fake is started with so many accounts. It stands in `tests/fakes/vendors/<id>.ts` as `fixture`.
 */
export type VendorFixture = {
  description: Description;
  configured(address: string): { settings: unknown; secrets: unknown };
  start(options: { accounts: number }): Promise<RunningVendor>;
};
