import type { ReactNode } from 'react';
import classes from './progress.module.css';

type ProgressProps = {
  /** “Read”, “Checked”, “Imported”. */
  verb: string;
  done: number;
  total?: number;
  /** The total is a guess: it is said so, and there is no bar. */
  about?: boolean;
  /** “accounts”. */
  noun: string;
  minutesLeft?: number;
  /** What comes next, or that it goes on without this page. */
  note?: ReactNode;
};

const grouped = new Intl.NumberFormat('en');

/** Long work with its counts: “Read 4,210 of about 6,000 accounts, about 2 minutes”. A bar only where the end is known. */
export function Progress({ verb, done, total, about = false, noun, minutesLeft, note }: ProgressProps) {
  const of = total === undefined ? '' : ` of ${about ? 'about ' : ''}${grouped.format(total)}`;
  const left = minutesLeft === undefined ? '' : `, ${minutesLeft < 1 ? 'less than a minute' : `about ${Math.ceil(minutesLeft)} minutes`}`;
  const text = `${verb} ${grouped.format(done)}${of} ${noun}${left.replace('about 1 minutes', 'about 1 minute')}`;
  const known = total !== undefined && total > 0 && !about;
  return (
    <div className={classes.progress}>
      <p className="gc-figures" role="status">
        {text}
      </p>
      {known && (
        <div
          className={classes.bar}
          role="progressbar"
          aria-label={`${verb} ${noun}`}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
        >
          <div style={{ width: `${Math.min(100, (done / total) * 100)}%` }} />
        </div>
      )}
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </div>
  );
}
