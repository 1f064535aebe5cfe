const keptAsText = /^'(?:[=+\-@\t\r＝＋－＠]|\d[\d\s./-]*$)/;

/**
 * Trims, and takes off what spreadsheets add to keep a text a text: ="0042", and the apostrophe before a formula or a number ('00124).
 * What no database keeps is taken out, too: zero characters, and halves of letters (they become U+FFFD).
 */
export function cleanCell(cell: string): string {
  const text = cell
    .replaceAll('\0', '')
    .replace(/[\u00a0\u202f\u200b\ufeff]/g, ' ')
    .trim()
    .toWellFormed();
  if (text === '') return '';
  if (text[0] === '=') return /^="([^"]*)"$/.exec(text)?.[1] ?? text;
  return text[0] === "'" && keptAsText.test(text) ? text.slice(1) : text;
}
