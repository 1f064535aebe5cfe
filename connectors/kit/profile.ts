/** One step of setting a connection up, in words for whoever does it. `link`: the page of the vendor where it is done, or what makes it from the settings. */
export type SetUpStep = { words: string; link?: string | ((settings: Record<string, unknown>) => string | null) };

/** A right that the credential needs, by the vendor's own name, and what it is for. `for`: "read accounts", "suspend and restore". */
export type NeededRight = { right: string; for: string };

/**
 * What a person wants to know of a kind of system before connecting it; the reference page is made from it. `plan`: which plan of the vendor is
 * needed. `inbound`: why the installation must be reachable from outside, null where it need not be. `cannotKnow`: what it cannot see or do, in
 * sentences. `verifiedLive`: the day (ISO 8601) on which it was last tried against the vendor itself; null: never, only against fixtures.
 */
export type Profile = {
  rights: NeededRight[];
  plan: string;
  inbound: string | null;
  cannotKnow: string[];
  verifiedLive: string | null;
  setUp: SetUpStep[];
};
