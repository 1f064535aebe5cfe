import type { Context } from './context.ts';

/**
 * One thing that a person is responsible for. `deputyPersonId`: who stands in first, where that is settled. `concealed`: it is about another
 * leaving that is not told yet, so it is handed on without a line that others could read.
 */
export type Ownership = { objectId: string; label: string; deputyPersonId: string | null; concealed?: boolean };

/**
 * A kind of responsibility that can be handed to somebody else. The domain that keeps it declares it; leaving collects them all.
 * `moveTo` and `holderOf` are used to hand over and to read back.
 */
export type OwnershipKind = {
  kind: string;
  /** "owner of 3 apps": the words for one and for many. */
  one: string;
  many: string;
  list(ctx: Context, personId: string): Promise<Ownership[]>;
  moveTo(ctx: Context, objectId: string, personId: string): Promise<void>;
  holderOf(ctx: Context, objectId: string): Promise<string | null>;
};
