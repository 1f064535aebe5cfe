/**
 * The value at a path of an answer: names with dots, `[0]` for a place in a list, `[type=work]` for the first of a list whose field has that
 * value, `.` for the answer itself. undefined where there is none. Names of JavaScript's own (`__proto__`) are found only if the answer holds them.
 */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '.') return value;
  let found = value;
  for (const [, name, choice] of path.matchAll(/(?:^|\.)([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (found === undefined || found === null) return undefined;
    if (name !== undefined) found = ownValue(found, name);
    else if (/^\d+$/.test(choice!)) found = Array.isArray(found) ? found[Number(choice)] : undefined;
    else {
      const [field, wanted] = choice!.split(/=(.*)/s, 2);
      found = Array.isArray(found) ? found.find((each) => String(ownValue(each, field!)) === wanted) : undefined;
    }
  }
  return found;
}

const ownValue = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
