import type { ReactNode } from 'react';
import { Num } from './num.tsx';
import classes from './tally.module.css';

export type TallyLine = { key: string; value: number | null; to?: string; onOpen?: () => void; text: ReactNode };

/** Numbers, each with the sentence that says what it means; also the zeros that calm. */
export function Tally({ lines }: { lines: TallyLine[] }) {
  return (
    <ul className={classes.tally}>
      {lines.map(({ key, value, to, onOpen, text }) => (
        <li key={key}>
          <Num value={value} to={to} onOpen={onOpen} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
