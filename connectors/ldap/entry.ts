import type { Entry } from 'ldapts';

/** All values of an attribute as texts; names are compared without case (RFC 4512, section 2.5). [] where it is not shown. */
export function allValues(entry: Entry, name: string): string[] {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : entry[key];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value])
    .map((each) => (Buffer.isBuffer(each) ? each.toString('utf8') : String(each)))
    .filter((text) => text !== '');
}

/** The first value of an attribute, or null. */
export const firstValue = (entry: Entry, name: string): string | null => allValues(entry, name)[0] ?? null;

/** The bytes of an attribute as hexadecimal digits, or null. */
export function hexOf(entry: Entry, name: string): string | null {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : entry[key];
  const first = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first.length === 0) return null;
  return Buffer.isBuffer(first) ? first.toString('hex') : Buffer.from(String(first), 'utf8').toString('hex');
}

/** A distinguished name in one spelling, for comparing (RFC 4514): no case, no spaces between parts, escapes as the characters that they mean. */
export function dnKey(dn: string): string {
  return dn
    .replaceAll(/(?:\\[0-9a-f]{2})+/gi, (run) => {
      const text = Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8');
      return text.replaceAll(/[,+"\\<>;=#]/g, '\\$&');
    })
    .replaceAll(/\s*(?<!\\)([,=+])\s*/g, '$1')
    .toLowerCase();
}

/** A value inside a filter (RFC 4515, section 3). */
export const filterValue = (text: string): string =>
  text.replaceAll(/[\\*()]|\0/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** A value inside a distinguished name (RFC 4514, section 2.4). */
export const dnValue = (text: string): string =>
  text
    .replaceAll(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^([ #])/, '\\$1')
    .replace(/ $/, '\\ ');
