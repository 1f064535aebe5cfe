import { StatusChip } from '../design/status-chip.tsx';
import classes from './connections.module.css';
import type { Check } from './words.ts';

const kindOf = (ok: boolean | null) => (ok === null ? 'unknown' : ok ? 'good-read' : 'wrong');

/** What a connection test looked at, in plain words. */
export function Checks({ checks }: { checks: Check[] }) {
  return (
    <ul className={classes.checks} aria-live="polite">
      {checks.map(({ name, ok, words }) => (
        <li key={name}>
          <StatusChip kind={kindOf(ok)}>{name}</StatusChip>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
