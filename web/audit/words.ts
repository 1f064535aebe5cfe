/** What happened in words: `account.suspended` is “Account suspended”. */
export function actionWords(action: string): string {
  const words = action.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One field that an event changed; null: it was not there. */
export type Change = { field: string; from: string | null; to: string | null };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldWords = (field: string): string =>
  field
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();

function text(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((entry) => text(entry) ?? 'nothing').join(', ');
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([field, entry]) => `${fieldWords(field)}: ${text(entry) ?? 'nothing'}`);
    return entries.length === 0 ? null : entries.join('; ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** The fields that differ between what was and what is. A single value counts as the field “value”. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [from, to] = [before, after].map((value) => (isRecord(value) ? value : value === null || value === undefined ? {} : { value })) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .map((field) => ({ field: fieldWords(field), from: text(from[field]), to: text(to[field]) }))
    .filter((change) => change.from !== change.to);
}

/** The changes of an event in one line. */
export function changeWords(changes: Change[]): string {
  const shown = changes
    .slice(0, 3)
    .map(({ field, from, to }) => (from === null ? `${field} ${to}` : `${field} ${from} → ${to ?? 'nothing'}`));
  return changes.length > 3 ? `${shown.join(', ')} and ${changes.length - 3} more` : shown.join(', ');
}
