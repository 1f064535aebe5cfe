import type { Context } from './context.ts';

/** Whose data go. `names` are what texts may call them: whole names and addresses, never a bare first name. */
export type Erased = { personId: string; names: string[] };

/**
 * One kind of data about a person that is removed when the law asks. Each domain declares its own; `erase` blanks what names them, keeps the
 * rows and their ids, and returns how many rows it touched. It runs while the roster still has the name.
 */
export type ErasureKind = { kind: string; erase(ctx: Context, person: Erased): Promise<number> };

export const erasureKind = (kind: ErasureKind): ErasureKind => kind;

/** What stands in a text where a name was. */
export const erasedWords = 'an erased person';

/** A regular expression for PostgreSQL (case-insensitive use) that finds any of the names as a whole. */
export const namesPattern = (names: string[]): string =>
  names.length === 0
    ? '(?!)'
    : `(${[...names]
        .sort((a, b) => b.length - a.length)
        .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('|')})`;
