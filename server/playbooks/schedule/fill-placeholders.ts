/** The names that a message of a playbook may hold in double braces, as `{{person.name}}`. */
export const placeholders = [
  'person.name',
  'person.givenName',
  'person.title',
  'person.department',
  'manager.name',
  'organization.name',
  'dates.cutOff',
  'dates.lastWorkingDay',
  'dates.start',
  'dates.firstMorning',
  'person.workAddress',
  'run.link',
] as const;
export type Placeholder = (typeof placeholders)[number];

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names in double braces that no message knows. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!).filter((name) => !(placeholders as readonly string[]).includes(name));
}

/** The text with every placeholder filled; what is not known reads "(not known)", so that no brace ever reaches a reader. */
export function fillPlaceholders(text: string, values: Readonly<Partial<Record<Placeholder, string | null>>>): string {
  return text.replace(
    pattern,
    (_whole, name: string) => (Object.hasOwn(values, name) ? values[name as Placeholder] : null) ?? '(not known)',
  );
}
