import type { RawBuilder } from 'kysely';
import type { Context } from './context.ts';

/**
 * What a domain below people knows of many people at once, for the roster's list. `id` in the conditions is an SQL reference to the person's id.
 */
export type PersonFacts = {
  /** How many accounts each of these people has, and how many of them may still be signed in to. People without accounts may be absent. */
  countAccounts(ctx: Context, personIds: string[]): Promise<Map<string, { accounts: number; open: number }>>;
  /** Holds where the person has an account that can still sign in, or of which nobody knows. */
  canSignIn(id: RawBuilder<string>): RawBuilder<boolean>;
  /** Holds where the person has an account in this app. */
  hasAccountIn(id: RawBuilder<string>, appId: string): RawBuilder<boolean>;
};
