import type { Filter } from '../design/filter-bar.tsx';
import { type GapLine, isLoss } from './words.ts';

type Kind = 'given' | 'taken' | 'hand' | 'admin' | 'again';

/** Which of the numbers of the plan count a line. */
export const kindOfLine = (line: GapLine): Kind[] => [
  isLoss(line) ? 'taken' : 'given',
  ...(line.how === 'by-hand' ? ['hand' as const] : []),
  ...(line.onlyAdmin ? ['admin' as const] : []),
  ...(line.administratorAgain ? ['again' as const] : []),
];

const kinds: { value: Kind; label: string }[] = [
  { value: 'given', label: 'Given' },
  { value: 'taken', label: 'Taken' },
  { value: 'hand', label: 'By hand' },
  { value: 'admin', label: 'The only admin' },
  { value: 'again', label: 'Administrators from before' },
];

/** The filters of the plan, kept in the address. */
export function planFilters(
  rows: GapLine[],
  search: Record<string, string | undefined>,
  setSearch: (change: Record<string, string>) => void,
): Filter[] {
  const filter = (key: string, label: string, options: Filter['options']): Filter => {
    const chosen = search[key];
    return {
      key,
      label,
      single: true,
      options,
      chosen: chosen === undefined || chosen === '' ? [] : [chosen],
      onChange: ([value]) => setSearch({ [key]: value ?? '' }),
    };
  };
  const named = (found: Map<string, string>) =>
    [...found].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
  return [
    filter('app', 'App', named(new Map(rows.map(({ appId, app }) => [appId, app])))),
    filter('person', 'Person', named(new Map(rows.map(({ personId, person }) => [personId, person])))),
    filter(
      'show',
      'What',
      kinds.map((kind) => ({ ...kind, count: rows.filter((line) => kindOfLine(line).includes(kind.value)).length })),
    ),
  ];
}
