/** How a change can be made: over a connection, by a person who is asked, or by whoever runs the app from outside. */
export type Way = 'machine' | 'by-hand' | 'outside';

/** What is known of an account or entitlement of a person. `evidenced`: done by hand, and no reading has contradicted it. */
export type Is = 'held' | 'missing' | 'suspended' | 'unknown' | 'evidenced';

export type Change = 'create-account' | 'reopen' | 'grant' | 'revoke' | 'suspend';

/** What follows from a thing that a person should or should not have: nothing, a change, that one is under way, that it stays, or that nobody knows. */
export type What = 'nothing' | Change | 'under-way' | 'kept' | 'unknown';

/**
 * One account or entitlement of one person. `should`: what the rules say, null where a fact they need is unknown. `given`: a rule
 * gave it. `holdsOthers`: the account holds what no rule gave. `hasLeft`: the person is gone; the leaver's playbook closes, rules do nothing.
 */
export type Thing = {
  isAccount: boolean;
  should: boolean | null;
  is: Is;
  way: Way;
  given: boolean;
  decision: 'keep' | 'take' | null;
  underWay: boolean;
  holdsOthers: boolean;
  hasLeft: boolean;
  /** On leave: what was suspended for that time stays so, and rules take nothing. */
  isAway: boolean;
  /** On leave with accounts suspended: until all is as it was before, rules give nothing either. */
  isPaused: boolean;
  /** A rule that gave it means the person no more because they changed, and its days of grace are not over. */
  inGrace: boolean;
};

/**
 * What is to be done about one thing, from what should be and what is. What a rule did not give is never taken, unless somebody decided so; what
 * is unknown is neither given nor taken by a machine.
 */
export function classify(thing: Thing): What {
  if (thing.hasLeft) return 'nothing';
  if (thing.underWay) return 'under-way';
  if (thing.should === null) return thing.is === 'held' || thing.is === 'evidenced' ? 'kept' : 'unknown';
  return thing.should ? toGive(thing) : toTake(thing);
}

function toGive({ isAccount, is, way, isAway, isPaused }: Thing): What {
  if (is === 'held' || is === 'evidenced') return 'nothing';
  if (isPaused) return 'kept';
  if (is === 'suspended') return isAccount ? (isAway ? 'kept' : 'reopen') : 'nothing';
  // Somebody who works by hand looks first; a machine waits until it has been read.
  if (is === 'unknown' && way === 'machine') return 'unknown';
  return isAccount ? 'create-account' : 'grant';
}

function toTake({ isAccount, is, given, decision, holdsOthers, isAway, isPaused, inGrace }: Thing): What {
  const isThere = is === 'held' || is === 'evidenced' || (is === 'suspended' && !isAccount);
  if (!isThere) return 'nothing';
  if (decision === 'keep') return 'kept';
  if (decision !== 'take' && (!given || isAway || isPaused || inGrace)) return 'kept';
  if (!isAccount) return 'revoke';
  return holdsOthers && decision !== 'take' ? 'kept' : 'suspend';
}

export const isGive = (what: What): boolean => what === 'create-account' || what === 'reopen' || what === 'grant';
export const isTake = (what: What): boolean => what === 'revoke' || what === 'suspend';

/**
 * What is known of an account: `statuses` of those the person has there, null where nobody said, gone ones left out. `everRead`: somebody has
 * looked at the app's accounts. `evidenced`: given by hand, and no complete reading since then lacks it. `inGroup`: for an app written by a group
 * of another: whether the person is in it, null when not told; undefined for other apps.
 */
export function accountIs(seen: {
  statuses: readonly (string | null)[];
  everRead: boolean;
  evidenced: boolean;
  inGroup?: boolean | null;
}): Is {
  if (seen.inGroup === true) return 'held';
  if (seen.statuses.some((status) => status === 'active' || status === null)) return 'held';
  if (seen.evidenced) return 'evidenced';
  if (seen.inGroup === null) return 'unknown';
  if (seen.statuses.includes('suspended')) return 'suspended';
  return seen.everRead || seen.inGroup === false ? 'missing' : 'unknown';
}

/**
 * What is known of an entitlement. `heldBy`: the statuses of the person's accounts that have it. `told`: some source has said what their
 * accounts there have. `account`: what is known of the account itself.
 */
export function entitlementIs(seen: { heldBy: readonly (string | null)[]; told: boolean; evidenced: boolean; account: Is }): Is {
  if (seen.heldBy.some((status) => status === 'active' || status === null)) return 'held';
  if (seen.heldBy.length > 0) return 'suspended';
  if (seen.evidenced) return 'evidenced';
  if (seen.account === 'missing') return 'missing';
  return seen.told ? 'missing' : 'unknown';
}
