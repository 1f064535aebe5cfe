const formulaStart = /^'[=+\-@\t\r＝＋－＠]/;

/** Trims, and takes off what spreadsheets add to keep a text a text: ="0042", and the apostrophe before a formula. */
export function cleanCell(cell: string): string {
  const text = cell.replace(/[\u00a0\u202f\u200b\ufeff]/g, ' ').trim();
  if (text === '') return '';
  if (text[0] === '=') return /^="([^"]*)"$/.exec(text)?.[1] ?? text;
  return text[0] === "'" && formulaStart.test(text) ? text.slice(1) : text;
}
