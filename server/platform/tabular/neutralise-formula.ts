const opening = /^[=+\-@\t\r\n＝＋－＠]/;
const plainNegative = /^-\d+([.,]\d+)*%?$/;

/** A text that a spreadsheet would take for a formula gets a leading apostrophe; a plain negative number stays a number. */
export function neutraliseFormula(text: string): string {
  return opening.test(text) && !plainNegative.test(text) ? `'${text}` : text;
}
