/** A text from outside as it can be kept and shown: at most `maxLength` characters and then "…", no control characters, never half of one. */
export function plainText(text: string, maxLength: number): string {
  const isLong = text.length > maxLength;
  const short = isLong ? text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '') : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = short.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return `${clean}${isLong ? '…' : ''}`.toWellFormed();
}
