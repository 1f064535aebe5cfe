import { Fragment, type ReactNode } from 'react';
import { Shape } from './shape.tsx';
import { StatusChip } from './status-chip.tsx';
import { type StatusKind, statusWords } from './status-kind.ts';
import classes from './time-rail.module.css';

export type RailItem = {
  key: string;
  kind: StatusKind;
  /** Happened already: a solid line. What comes has a dashed one. */
  past: boolean;
  /** When, above the words (a narrow rail). */
  when?: ReactNode;
  /** When, at the right (a wide rail of steps). */
  at?: ReactNode;
  what: ReactNode;
  /** The state in words, where it asks for something: “Waits for Arjun Pillai”. */
  status?: string;
  detail?: ReactNode;
  /** Below the words: buttons, evidence. */
  more?: ReactNode;
};

export type RailPart = { key: string; heading: string; note?: ReactNode; items: RailItem[] };

type TimeRailProps = {
  /** Moments as headings: Before · At the cut-off · Happens next. One part without heading: `items`. */
  parts?: RailPart[];
  items?: RailItem[];
  /** What stands beside the *Now* tag: “Thu 09:12 in Berlin”. */
  now: ReactNode;
};

/** Time with a line through it: past solid, future dashed, *Now* between the last that happened and the first that comes. */
export function TimeRail({ parts, items, now }: TimeRailProps) {
  const shown: (Omit<RailPart, 'heading'> & { heading?: string })[] = parts ?? [{ key: 'all', items: items ?? [] }];
  const lastPastPart = shown.findLastIndex((part) => part.items.some(({ past }) => past));
  const nowPart = Math.max(lastPastPart, 0);
  return (
    <div>
      {shown.map((part, partIndex) => {
        const split = part.items.findLastIndex(({ past }) => past) + 1;
        const joins = partIndex < shown.length - 1;
        return (
          <Fragment key={part.key}>
            {part.heading !== undefined && (
              <h3 className={classes.heading}>
                {part.heading} {part.note !== undefined && <span>{part.note}</span>}
              </h3>
            )}
            <ol className={classes.rail} data-joins={joins || undefined}>
              {part.items.slice(0, split).map((item) => (
                <Item key={item.key} item={item} />
              ))}
              {partIndex === nowPart && (
                <li className={classes.now}>
                  <div className={classes.tag}>
                    <span className="gc-vest">Now</span>
                    <span className={classes.nowText}>{now}</span>
                  </div>
                </li>
              )}
              {part.items.slice(split).map((item) => (
                <Item key={item.key} item={item} />
              ))}
            </ol>
          </Fragment>
        );
      })}
    </div>
  );
}

function Item({ item: { kind, past, when, at, what, status, detail, more } }: { item: RailItem }) {
  return (
    <li data-later={!past || undefined} data-wide={at !== undefined || undefined}>
      <span className={classes.mark}>
        <Shape kind={kind} label={past && kind === 'working' ? 'Happened' : statusWords[kind]} />
      </span>
      <div>
        {when !== undefined && <p className={classes.when}>{when}</p>}
        <p className={classes.what}>{what}</p>
        {status !== undefined && (
          <p>
            <StatusChip kind={kind} wordOnly>
              {status}
            </StatusChip>
          </p>
        )}
        {detail !== undefined && <p className={classes.detail}>{detail}</p>}
        {more !== undefined && <div className={classes.more}>{more}</div>}
      </div>
      {at !== undefined && <p className={classes.at}>{at}</p>}
    </li>
  );
}
