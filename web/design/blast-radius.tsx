import type { ReactNode } from 'react';
import classes from './blast-radius.module.css';
import { Num } from './num.tsx';
import { StatusChip } from './status-chip.tsx';
import type { StatusKind } from './status-kind.ts';

export type BlastLine = {
  key: string;
  value: number | null;
  to?: string;
  onOpen?: () => void;
  /** Goes on after the number: “apps lose their only admin”. */
  what: ReactNode;
  detail?: ReactNode;
  status?: { kind: StatusKind; word: string };
};

/** What something touches: a number, its sentence, and who takes care of it. */
export function BlastRadius({ lines }: { lines: BlastLine[] }) {
  return (
    <ul className={classes.blast}>
      {lines.map(({ key, value, to, onOpen, what, detail, status }) => (
        <li key={key}>
          <span>
            <Num value={value} to={to} onOpen={onOpen} large />
          </span>
          <div>
            <p className={classes.what}>{what}</p>
            {detail !== undefined && <p className={classes.detail}>{detail}</p>}
          </div>
          {status !== undefined && (
            <StatusChip kind={status.kind} small>
              {status.word}
            </StatusChip>
          )}
        </li>
      ))}
    </ul>
  );
}
