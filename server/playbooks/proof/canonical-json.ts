/**
 * JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) gives it: members sorted by UTF-16 code units, numbers and strings as
 * ECMAScript writes them, no white space.
 *
 * @throws TypeError for what JSON cannot hold: undefined, functions, bigint, NaN, infinities, lone surrogates
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}.`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('JSON cannot hold half a character (a lone surrogate).');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON cannot hold a ${typeof value}.`);
  const record = value as Record<string, unknown>;
  const members = Object.keys(record).sort((a, b) => (a < b ? -1 : 1));
  return `{${members.map((name) => `${canonicalJson(name)}:${canonicalJson(record[name])}`).join(',')}}`;
}
