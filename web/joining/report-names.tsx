import { type ReactNode, useState } from 'react';
import { PlaceLink } from '../design/place-link.tsx';
import classes from './joining.module.css';

const shown = 6;

/** The hires behind a figure, each a link, with what is to be said of each. */
export function ReportNames({ rows }: { rows: { runId: string; person: string; words?: ReactNode }[] }) {
  const [all, setAll] = useState(false);
  const first = all ? rows : rows.slice(0, shown);
  return (
    <>
      {first.map(({ runId, person, words }, index) => (
        <span key={runId}>
          {index > 0 && '; '}
          <PlaceLink to={`/joining/${runId}`}>{person}</PlaceLink>
          {words !== undefined && <> {words}</>}
        </span>
      ))}
      {rows.length > first.length && (
        <>
          {' '}
          and{' '}
          <button type="button" className={classes.link} onClick={() => setAll(true)}>
            {rows.length - first.length} more
          </button>
        </>
      )}
    </>
  );
}
