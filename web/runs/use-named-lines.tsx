import { useState } from 'react';
import type { TallyLine } from '../design/tally.tsx';
import classes from './runs.module.css';

/** A number with the names it counts. */
export type NamedLine = { key: string; names: string[]; text: string };

/** Lines of a tally whose numbers open the names that they count. */
export function useNamedLines(lines: NamedLine[]): TallyLine[] {
  const [opened, setOpened] = useState<string | null>(null);
  return lines.map(({ key, names, text }) => ({
    key,
    value: names.length,
    onOpen: names.length === 0 ? undefined : () => setOpened(opened === key ? null : key),
    text: (
      <>
        {text}
        {opened === key && <span className={classes.named}>{names.join(', ')}</span>}
      </>
    ),
  }));
}
