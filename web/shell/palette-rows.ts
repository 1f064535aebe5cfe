import type { Entry } from './entries.ts';
import type { FoundKind, Verb } from './page.ts';
import type { SearchHit } from './session.ts';

export type PaletteRow = { key: string; title: string; detail: string; to: string };
export type PaletteGroup = { heading: string; rows: PaletteRow[] };

export type PaletteWorld = { kinds: FoundKind[]; verbs: Verb[]; entries: Entry[]; permissions: string[] };

const matches = (text: string, find: string) => {
  const words = text.toLowerCase().split(/\s+/);
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
};

/**
 * What the palette shows: the found things by kind, verbs on the best hit of each kind and those that need none, then pages.
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
  const [first, ...rest] = things;
  const groups = [first, { heading: 'Do', rows: [...onBest, ...general] }, ...rest, { heading: 'Pages', rows: pages }];
  return groups.filter((group) => group !== undefined && group.rows.length > 0) as PaletteGroup[];
}

/** A title in parts, those that match what was typed marked: at the beginning of words. */
export function matchParts(title: string, find: string): { text: string; match: boolean }[] {
  const wanted = find
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return [{ text: title, match: false }];
  return title
    .split(new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join('|')})`, 'giu'))
    .map((text, index) => ({ text, match: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
