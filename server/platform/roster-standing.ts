import type { Context } from './context.ts';

/** Somebody of the roster as sign-in has to know them. `left`: their access is cut off, or they have left; null where nobody can tell. */
export type RosterStanding = { personId: string; name: string; memberId: string | null; left: boolean | null };

/** What the roster says to sign-in, which stands above it: people declare it, the wiring hands it over. */
export type RosterForSignIn = {
  /** The person that this member is, else the one with this work address (any letter case), or null. */
  find(ctx: Context, wanted: { memberId: string | null; address: string | null }): Promise<RosterStanding | null>;
  /** Links a member to their person by the work address. */
  link(ctx: Context, memberId: string): Promise<void>;
};
