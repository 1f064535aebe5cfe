import saxes from 'saxes';
import { cleanCell } from './clean-cell.ts';

/** A sheet as the workbook lists it; `part` is the name of its entry in the zip. */
export type Sheet = { name: string; hidden: boolean; part: string };

/** How a cell's number is shown, as far as its text depends on it. `zeros` is the width of a format such as 00000. */
export type Show = { kind: 'number'; zeros: number } | { kind: 'date' | 'date-time' | 'time' };

export type Handlers = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Elements of a workbook nest less than twenty deep. */
const mostDepth = 64;
/** Characters of one tag or one text: a cell of the longest text, each of its letters written as an entity, has fewer. */
const mostPending = 1024 * 1024;

/**
 * A parser that takes pieces of XML; names come without their prefix. Entities of a document type are not expanded. Throws for what is not
 * well-formed, nests deeper than 64 elements, or holds a tag or text of more than 1 MB: it never keeps more than that.
 */
export function xmlParser({ open, close, text }: Handlers): { write(piece: string): void; end(): void } {
  const parser = new saxes.SaxesParser({ xmlns: false, position: false });
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  let depth = 0;
  let pending = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    pending = 0;
    depth += 1;
    if (depth > mostDepth) throw new Error(`The XML nests deeper than ${mostDepth} elements.`);
    open?.(bare(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('closetag', (tag) => {
    pending = 0;
    depth -= 1;
    close?.(bare(tag.name));
  });
  parser.on('text', (piece) => {
    pending = 0;
    text?.(piece);
  });
  return {
    write: (piece) => {
      pending += piece.length;
      parser.write(piece);
      if (pending > mostPending) throw new Error('A tag or text of the XML never ends.');
    },
    end: () => void parser.close(),
  };
}

function parseWhole(xml: string, handlers: Handlers): void {
  const parser = xmlParser(handlers);
  for (let at = 0; at < xml.length; at += 65_536) parser.write(xml.slice(at, at + 65_536));
  parser.end();
}

/** The worksheets in the order of their tabs, and whether dates count from 1904. Sheets of charts and macros are left out. */
export function readWorkbook(workbook: string, relations: string): { sheets: Sheet[]; from1904: boolean } {
  const parts = new Map<string, string>();
  parseWhole(relations, {
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship' || !Type.endsWith('/worksheet')) return;
      parts.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`);
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  parseWhole(workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const part = parts.get(id);
      if (part !== undefined)
        sheets.push({
          name: cleanCell(attributes.name ?? '')
            .slice(0, 200)
            .toWellFormed(),
          hidden: (attributes.state ?? 'visible') !== 'visible',
          part,
        });
    },
  });
  return { sheets, from1904 };
}

/** A format has at most so many characters (ECMA-376 has no limit, Excel this one). */
const mostFormat = 255;

/** For each cell style (the `s` of a cell) how its number is shown. */
export function readStyles(styles: string): Show[] {
  const formats = new Map<number, string>();
  const shows: Show[] = [];
  const known = new Map<number, Show>();
  const showOnce = (id: number): Show => {
    const show = known.get(id) ?? showOf(id, formats.get(id));
    known.set(id, show);
    return show;
  };
  let inCells = false;
  parseWhole(styles, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatCode.slice(0, mostFormat));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) shows.push(showOnce(Number(numFmtId)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return shows;
}

function showOf(id: number, format: string | undefined): Show {
  if (format === undefined) {
    if (id === 22) return { kind: 'date-time' };
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58)
      return { kind: 'date' };
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return { kind: 'time' };
    return { kind: 'number', zeros: 0 };
  }
  const bare = format
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/^0{2,}$/.test(bare)) return { kind: 'number', zeros: bare.length };
  if (bare === 'general' || /[#0?]/.test(bare.replace(/s\.0+/g, 's'))) return { kind: 'number', zeros: 0 };
  const time = /[hs]/.test(bare);
  if (/[yd]/.test(bare) || (/m/.test(bare) && !time)) return { kind: time ? 'date-time' : 'date' };
  return time ? { kind: 'time' } : { kind: 'number', zeros: 0 };
}

/** What a string costs beside its letters. */
const ofString = 16;

/** The shared strings in order, rich text joined, the sound marks of Japanese left out. `keep` counts them and throws when it is too much. */
export function sharedStringsParser(keep: (characters: number) => void): {
  write(piece: string): void;
  end(): void;
  strings: string[];
} {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let sounds = 0;
  const parser = xmlParser({
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') sounds++;
      else if (name === 't') inText = sounds === 0;
    },
    text: (text) => {
      if (!inText) return;
      keep(text.length);
      current += text;
    },
    close: (name) => {
      if (name === 'si') {
        keep(ofString);
        strings.push(unescapeText(current));
      } else if (name === 'rPh') sounds--;
      else if (name === 't') inText = false;
    },
  });
  return { ...parser, strings };
}

/** Workbooks write control characters as _x000D_ (ECMA-376 22.9.2.19). */
export const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
