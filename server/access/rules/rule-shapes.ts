/** One thing that a rule gives, as it is kept: `entitlement` null means that an account is enough; `kind` only where a name is there twice. */
export type RuleGrant = { appId: string; entitlement: string | null; kind: string | null };

/** 'shown': a gap of this rule waits for a person. 'by-itself': it is closed as soon as it is seen, within the brakes. */
export type Mend = 'shown' | 'by-itself';

/**
 * What a rule says. `when`: CEL over the person's facts; 'true' means everybody. `graceDays`: so long somebody who has changed keeps what it gave
 * them (0 to 365).
 */
export type RuleText = { name: string; when: string; grants: RuleGrant[]; mend: Mend; graceDays: number };

/** Somebody lets a braked change happen: how many people they saw that it takes something from, and why. */
export type BrakeRelease = { people: number; reason: string };

export type RuleGrantInput = { appId: string; entitlement?: string | null; kind?: string | null };

/** `id` missing or null: a new rule. `basedOn`: the version that whoever changes it has seen; another one in force is not written over. */
export type RuleInput = {
  id?: string | null;
  name: string;
  when: string;
  grants: readonly RuleGrantInput[];
  mend?: Mend;
  graceDays?: number;
  reason?: string | null;
  brake?: BrakeRelease | null;
  basedOn?: number | undefined;
};
