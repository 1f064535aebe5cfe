import type { ReactNode } from 'react';
import classes from './desired-observed.module.css';
import { usePhone } from './use-phone.ts';

export type Comparison = 'same' | 'differs' | 'unknown';

export type DesiredObservedRow = {
  key: string;
  thing: ReactNode;
  should: ReactNode;
  /** The rule, request or date that says so. */
  shouldBy?: ReactNode;
  comparison: Comparison;
  is: ReactNode;
  /** When and how it was read. */
  isBy?: ReactNode;
  next?: ReactNode;
  nextBy?: ReactNode;
};

const signs: Record<Comparison, { sign: string; word: string }> = {
  same: { sign: '=', word: 'same' },
  differs: { sign: '≠', word: 'differs' },
  unknown: { sign: '?', word: 'not known' },
};

type DesiredObservedProps = {
  caption: string;
  rows: DesiredObservedRow[];
  /** The heading of the first column. */
  thing?: string;
  /** The heading of the last column, “At the cut-off”; without it there is none. */
  next?: string;
};

/** What should be beside what is, with one sign between. Equal rows stay quiet; on the phone they fold to what is. */
export function DesiredObserved({ caption, rows, thing = 'App', next }: DesiredObservedProps) {
  const phone = usePhone();
  if (phone) return <AsList caption={caption} rows={rows} next={next} />;
  return (
    <table className={classes.pair}>
      <caption className="gc-unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={classes.thing}>
            {thing}
          </th>
          <th scope="col">Should be</th>
          <th scope="col" className={classes.sign}>
            <span className="gc-unseen">Compare</span>
          </th>
          <th scope="col">Is</th>
          {next !== undefined && <th scope="col">{next}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-comparison={row.comparison}>
            <th scope="row" className={classes.thing}>
              {row.thing}
            </th>
            <td>
              <Value value={row.should} by={row.shouldBy} />
            </td>
            <td className={classes.sign}>
              <Sign comparison={row.comparison} />
            </td>
            <td>
              <Value value={row.is} by={row.isBy} />
            </td>
            {next !== undefined && (
              <td>
                <Value value={row.next} by={row.nextBy} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AsList({ caption, rows, next }: Omit<DesiredObservedProps, 'thing'>) {
  return (
    <ul className={classes.list} aria-label={caption}>
      {rows.map((row) => (
        <li key={row.key} data-comparison={row.comparison}>
          <p className={classes.name}>{row.thing}</p>
          <span className={classes.mark}>
            <Sign comparison={row.comparison} />
          </span>
          <dl>
            {row.comparison !== 'same' && <Line term="Should be" value={row.should} by={row.shouldBy} />}
            <Line term="Is" value={row.is} by={row.isBy} />
            {next !== undefined && row.next !== undefined && <Line term={next} value={row.next} by={row.nextBy} />}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Line({ term, value, by }: { term: string; value: ReactNode; by?: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>
        {value}
        {by !== undefined && <span className={classes.by}> · {by}</span>}
      </dd>
    </>
  );
}

function Sign({ comparison }: { comparison: Comparison }) {
  return (
    <>
      <span aria-hidden="true" className={classes.glyph}>
        {signs[comparison].sign}
      </span>
      <span className="gc-unseen">{signs[comparison].word}</span>
    </>
  );
}

function Value({ value, by }: { value: ReactNode; by?: ReactNode }) {
  return (
    <div>
      {value}
      {by !== undefined && <span className={classes.by}>{by}</span>}
    </div>
  );
}
