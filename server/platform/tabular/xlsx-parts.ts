import saxes from 'saxes';

/** A sheet as the workbook lists it; `part` is the name of its entry in the zip. */
export type Sheet = { name: string; hidden: boolean; part: string };

/** How a cell's number is shown, as far as its text depends on it. `zeros` is the width of a format such as 00000. */
export type Show = { kind: 'number'; zeros: number } | { kind: 'date' | 'date-time' | 'time' };

export type Handlers = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** A parser that takes pieces of XML; names come without their prefix. Entities of a document type are not expanded. */
export function xmlParser({ open, close, text }: Handlers): { write(piece: string): void; end(): void } {
  const parser = new saxes.SaxesParser({ xmlns: false, position: false });
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw error;
  });
  if (open !== undefined) parser.on('opentag', (tag) => open(bare(tag.name), tag.attributes as Record<string, string>));
  if (close !== undefined) parser.on('closetag', (tag) => close(bare(tag.name)));
  if (text !== undefined) parser.on('text', text);
  return { write: (piece) => void parser.write(piece), end: () => void parser.close() };
}

function parseWhole(xml: string, handlers: Handlers): void {
  const parser = xmlParser(handlers);
  parser.write(xml);
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
      if (part !== undefined) sheets.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', part });
    },
  });
  return { sheets, from1904 };
}

/** For each cell style (the `s` of a cell) how its number is shown. */
export function readStyles(styles: string): Show[] {
  const formats = new Map<number, string>();
  const shows: Show[] = [];
  let inCells = false;
  parseWhole(styles, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) shows.push(showOf(Number(numFmtId), formats.get(Number(numFmtId))));
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

/** The shared strings in order, rich text joined, the sound marks of Japanese left out. */
export function sharedStringsParser(): { write(piece: string): void; end(): void; strings: string[] } {
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
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeText(current));
      else if (name === 'rPh') sounds--;
      else if (name === 't') inText = false;
    },
  });
  return { ...parser, strings };
}

/** Workbooks write control characters as _x000D_ (ECMA-376 22.9.2.19). */
export const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
