import { valueAt } from './value-at.ts';

/** What may stand in braces: `{id}`, `{entitlement.id}`. */
export type Values = Record<string, unknown>;

const place = /\{([a-zA-Z][a-zA-Z0-9.]*)\}/g;

/** A path with its places filled, each as one segment: no value leads to another path. null when a value is not known. */
export function fillPath(template: string, values: Values): string | null {
  return fillText(template, values, (text) => encodeURIComponent(text).replaceAll('.', '%2E'));
}

/** A text with its places filled as they are. null when a value is not known. */
export function fillText(template: string, values: Values, encode: (text: string) => string = (text) => text): string | null {
  let missing = false;
  const text = template.replaceAll(place, (_, name: string) => {
    const value = valueAt(values, name);
    if (value === undefined || value === '') missing = true;
    return encode(String(value ?? ''));
  });
  return missing ? null : text;
}

/**
 * A body with its places filled. A text that is one place becomes the value itself, also null or a number; what is not known is left out with its
 * name. Lists and objects are gone through.
 */
export function fillBody(body: unknown, values: Values): unknown {
  if (typeof body === 'string') {
    const whole = /^\{([a-zA-Z][a-zA-Z0-9.]*)\}$/.exec(body)?.[1];
    return whole === undefined ? (fillText(body, values) ?? undefined) : valueAt(values, whole);
  }
  if (Array.isArray(body)) return body.map((each) => fillBody(each, values)).filter((each) => each !== undefined);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body)
      .map(([name, each]) => [name, fillBody(each, values)] as const)
      .filter(([, each]) => each !== undefined),
  );
}
