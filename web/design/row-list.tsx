import type { ReactNode } from 'react';
import { type Act, ActButton } from './act.tsx';
import { PlaceLink } from './place-link.tsx';
import classes from './row-list.module.css';

export type PlainRow = {
  key: string;
  title: ReactNode;
  /** Makes the title a link. */
  to?: string;
  /** What happens if nobody does anything, or why it is here. */
  detail?: ReactNode;
  /** “by Fri 23:00”, “no hurry”. */
  due?: ReactNode;
  act?: Act;
  /** Instead of `due` and `act`: a status chip or a control of its own. */
  right?: ReactNode;
};

/** Things that can wait: plain rows with their due time and a button. */
export function RowList({ rows }: { rows: PlainRow[] }) {
  return (
    <ul className={classes.rows}>
      {rows.map(({ key, title, to, detail, due, act, right }) => (
        <li key={key}>
          <div>
            <p className={classes.title}>{to === undefined ? title : <PlaceLink to={to}>{title}</PlaceLink>}</p>
            {detail !== undefined && <p className={classes.detail}>{detail}</p>}
          </div>
          {right}
          {right === undefined && (due !== undefined || act !== undefined) && (
            <div className={classes.do}>
              <span className={classes.due}>{due}</span>
              {act !== undefined && <ActButton act={act} size="xs" className={classes.button} />}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
