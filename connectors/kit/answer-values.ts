/** A part of an answer whose shape nobody has vouched for. */
export type Json = Record<string, unknown>;

/** The value as an object, {} where it is none. */
export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** The value as a list of objects; what is none is left out. */
export const objectsOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter((each): each is Json => typeof each === 'object' && each !== null) : [];

/** A text that is not blank, or a number as text; null where the answer does not say. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** true or false as the answer says; null where it does not. */
export const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** An instant from ISO 8601 or from seconds since 1970; null where there is none or it cannot be read. */
export function instantOf(value: unknown): Temporal.Instant | null {
  try {
    if (typeof value === 'number' && value > 0) return Temporal.Instant.fromEpochMilliseconds(Math.round(value * 1_000));
    return typeof value === 'string' && value !== '' ? Temporal.Instant.from(value) : null;
  } catch {
    return null;
  }
}

/** A calendar day (YYYY-MM-DD) at the beginning of a text; null where there is none. */
export function dayOf(value: unknown): string | null {
  const found = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
  if (found === undefined) return null;
  try {
    return Temporal.PlainDate.from(found, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
