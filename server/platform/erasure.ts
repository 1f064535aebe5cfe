import type { RawBuilder } from 'kysely';
import type { Context } from './context.ts';
import { sql } from './database.ts';

/** Whose data go. `names` are what texts may call them: whole names, addresses and user names, never a bare first name. */
export type Erased = { personId: string; memberId: string | null; names: string[] };

/** Why a person's data should not go yet. `isFinal`: it has to be settled first; else somebody may decide to erase even so. */
export type ErasureHindrance = { words: string; isFinal: boolean };

/**
 * One kind of data about a person that is removed when the law asks. Each domain declares its own; `erase` blanks what names them, keeps the
 * rows and their ids, and returns how many rows it touched. It runs while the roster still has the name. `namesFor` adds what else texts may call them.
 */
export type ErasureKind = {
  kind: string;
  /** What is still open about the person, in sentences: erased now, nobody could tell any more whose it is. */
  hindrances?(ctx: Context, personId: string): Promise<ErasureHindrance[]>;
  namesFor?(ctx: Context, person: Erased): Promise<string[]>;
  erase(ctx: Context, person: Erased): Promise<number>;
};

export const erasureKind = (kind: ErasureKind): ErasureKind => kind;

/** What stands in a text where a name was. */
const erasedWords = 'an erased person';

/** A regular expression of PostgreSQL that finds any of the names as a whole, bounded by what is no letter or digit. No names: it finds nothing. */
export function namesPattern(names: string[]): string {
  if (names.length === 0) return '\\Z.';
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  return `(?<![[:alnum:]])(${longestFirst.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![[:alnum:]])`;
}

/** Where a table names people in running text: columns of text, lists of text, and JSON. */
export type NamedIn = { text?: readonly string[]; lists?: readonly string[]; json?: readonly string[] };

/**
 * Replaces a person's names in columns of a table, wherever they stand as whole words, in any letter case. Ids and everything around the
 * names stay. Returns how many rows named them.
 */
export async function eraseNames(
  ctx: Context,
  { names }: Erased,
  table: string,
  { text = [], lists = [], json = [] }: NamedIn,
): Promise<number> {
  if (names.length === 0) return 0;
  const pattern = namesPattern(names);
  const replaced = (column: RawBuilder<unknown>) => sql`regexp_replace(${column}, ${pattern}, ${erasedWords}, 'gi')`;
  const found = [
    ...text.map((name) => sql<boolean>`${sql.ref(name)} ~* ${pattern}`),
    ...lists.map((name) => sql<boolean>`array_to_string(${sql.ref(name)}, ' ') ~* ${pattern}`),
    ...json.map((name) => sql<boolean>`${sql.ref(name)}::text ~* ${pattern}`),
  ];
  const set = [
    ...text.map((name) => sql`${sql.ref(name)} = ${replaced(sql.ref(name))}`),
    ...lists.map((name) => sql`${sql.ref(name)} = array(select ${replaced(sql.ref('each'))} from unnest(${sql.ref(name)}) as each)`),
    ...json.map((name) => sql`${sql.ref(name)} = ${replaced(sql`${sql.ref(name)}::text`)}::jsonb`),
  ];
  const result = await sql`update ${sql.table(table)} set ${sql.join(set)} where ${sql.join(found, sql` or `)}`.execute(ctx.db);
  return Number(result.numAffectedRows ?? 0);
}

/** Messages that name the person, to whomever they went. */
export const mailErasure = erasureKind({
  kind: 'mail',
  erase: (ctx, person) => eraseNames(ctx, person, 'platform_mail', { text: ['to_address', 'subject', 'body', 'problem'] }),
});
