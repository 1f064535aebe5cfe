import { type ReactNode, useId } from 'react';
import classes from './date-band.module.css';
import { Shape } from './shape.tsx';
import { type StatusKind, statusWords } from './status-kind.ts';

export type BandDate = {
  key: string;
  kind: StatusKind;
  /** Up to now, today included: the line is solid. */
  past: boolean;
  /** A filled ring: this one is today. */
  today?: boolean;
  /** The date that the page is about. */
  main?: boolean;
  name: ReactNode;
  when: ReactNode;
  note?: ReactNode;
};

type DateBandProps = {
  /** The moment that matters, in words: “Her access closes in 1 day 13 hours”. */
  title: ReactNode;
  /** The same on the clocks. */
  lede?: ReactNode;
  /** At the right: a status chip that stands alone. */
  status?: ReactNode;
  dates: BandDate[];
};

/** The dates of somebody as a horizontal line with *Now* in its place; on the phone a vertical one. */
export function DateBand({ title, lede, status, dates }: DateBandProps) {
  const titleId = useId();
  const split = dates.findLastIndex(({ past }) => past) + 1;
  const columns = `${'1fr '.repeat(split)}58px ${'1fr '.repeat(dates.length - split)}`;
  return (
    <section className={classes.band} aria-labelledby={titleId}>
      <div className={classes.head}>
        <div>
          <h2 id={titleId}>{title}</h2>
          {lede !== undefined && <p>{lede}</p>}
        </div>
        {status}
      </div>
      <ol className={classes.track} style={{ gridTemplateColumns: columns }}>
        {dates.slice(0, split).map((date) => (
          <Point key={date.key} date={date} />
        ))}
        <li className={classes.now}>
          <span className="gc-vest">Now</span>
        </li>
        {dates.slice(split).map((date) => (
          <Point key={date.key} date={date} />
        ))}
      </ol>
    </section>
  );
}

function Point({ date: { kind, past, today, main, name, when, note } }: { date: BandDate }) {
  return (
    <li data-past={past || undefined} data-main={main || undefined}>
      <span className={classes.mark}>
        <Shape kind={kind} today={today} label={today === true ? 'Today' : statusWords[kind]} />
      </span>
      <p className={classes.name}>{name}</p>
      <p className={classes.when}>{when}</p>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </li>
  );
}
