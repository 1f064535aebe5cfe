import type { Entry } from './entries.ts';
import { foldWords } from './fold-words.ts';
import type { FoundKind, Verb } from './page.ts';
import type { SearchHit } from './session.ts';

export type PaletteRow = { key: string; title: string; detail: string; to: string };
export type PaletteGroup = { heading: string; rows: PaletteRow[] };

export type PaletteWorld = { kinds: FoundKind[]; verbs: Verb[]; entries: Entry[]; permissions: string[] };

const matches = (text: string, find: string) => {
  const words = foldWords(text).split(/\s+/);
  return foldWords(find)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
};

/**
 * What the palette shows: the found things by kind, then verbs on the best hit of each kind and those that need none, then pages. A found thing
 * is always before what can be done to it: Enter opens, it does not begin a deed.
 * With nothing typed, pages and general verbs. It shows nothing that the reader may not see: hits come from the server, the rest by permission.
 */
export function paletteGroups(find: string, hits: SearchHit[], { kinds, verbs, entries, permissions }: PaletteWorld): PaletteGroup[] {
  const may = (permission: string | undefined) => permission === undefined || permissions.includes(permission);
  const text = find.trim();
  const things = kinds.map(({ kind, heading, to }) => ({
    heading,
    rows: hits.filter((hit) => hit.kind === kind).map(({ id, title, detail }) => ({ key: `${kind} ${id}`, title, detail, to: to(id) })),
  }));
  const best = kinds.flatMap(({ kind }) => hits.find((hit) => hit.kind === kind) ?? []);
  const onBest = best.flatMap((hit) =>
    verbs
      .filter(({ of, permission }) => of === hit.kind && may(permission))
      .map(({ label, detail, to }) => ({
        key: `${to(hit.id)} ${label(hit.title)}`,
        title: label(hit.title),
        detail: detail ?? '',
        to: to(hit.id),
      })),
  );
  const general = verbs
    .filter(({ of, permission, label }) => of === null && may(permission) && (text === '' || matches(label(''), text)))
    .map(({ label, detail, to }) => ({ key: `do ${label('')}`, title: label(''), detail: detail ?? '', to: to('') }));
  const pages = entries
    .filter(({ label, permission }) => may(permission) && (text === '' || matches(label, text)))
    .map(({ label, to }) => ({ key: `page ${to}`, title: label, detail: '', to }));
  const groups = [...things, { heading: 'Do', rows: [...onBest, ...general] }, { heading: 'Pages', rows: pages }];
  return groups.filter((group) => group.rows.length > 0);
}

/** A title in parts, those that match what was typed marked: at the beginning of words, with or without accents. */
export function matchParts(title: string, find: string): { text: string; match: boolean }[] {
  const wanted = foldWords(find).trim().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [{ text: title, match: false }];
  const letters = [...title.normalize('NFC')];
  const folded = letters.map(foldWords);
  const marked = letters.map(() => false);
  for (let at = 0; at < letters.length; at += 1) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(letters[at - 1] ?? '')) continue;
    const longest = Math.max(...wanted.map((part) => lettersOf(folded, at, part)));
    marked.fill(true, at, at + longest);
  }
  const parts: { text: string; match: boolean }[] = [];
  for (const [at, letter] of letters.entries()) {
    const last = parts.at(-1);
    if (last !== undefined && last.match === marked[at]) last.text += letter;
    else parts.push({ text: letter, match: marked[at] === true });
  }
  return parts;
}

/** How many letters from `at` on spell what is wanted; 0 where they do not. */
function lettersOf(folded: string[], at: number, wanted: string): number {
  let spelled = '';
  for (let end = at; end < folded.length; end += 1) {
    spelled += folded[end];
    if (spelled.startsWith(wanted)) return end - at + 1;
    if (!wanted.startsWith(spelled)) return 0;
  }
  return 0;
}
