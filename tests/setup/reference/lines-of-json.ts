const widest = 160;

/** JSON for people who review it: a value stands on one line where it fits, else its members stand below each other. */
export function linesOfJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object' || indent.length + flat.length <= widest) return flat;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((each) => linesOfJson(each, inner))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => `${JSON.stringify(key)}: ${linesOfJson(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}
