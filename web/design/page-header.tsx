import { Fragment, type ReactNode } from 'react';
import { type Act, ActButton } from './act.tsx';
import classes from './page-header.module.css';
import { PlaceLink } from './place-link.tsx';

type PageHeaderProps = {
  crumb?: { label: string; to: string }[];
  /** A small line above the title: the day and the local time. */
  above?: ReactNode;
  /** Says the state in words: “Rohan Devaraj has left. Two lines are open.” */
  title: ReactNode;
  /** One line of context below the title (a detail page). */
  context?: ReactNode;
  /** One sentence with the numbers. */
  lede?: ReactNode;
  /** At most two. Only `filled` may fill one, and only on a page without an ask. */
  acts?: (Act & { filled?: boolean })[];
  /** Stands after the buttons: a MoreMenu. */
  more?: ReactNode;
};

/** The header of a page: where it belongs, what is the state, the numbers, at most two buttons. */
export function PageHeader({ crumb, above, title, context, lede, acts = [], more }: PageHeaderProps) {
  return (
    <header>
      {crumb !== undefined && (
        <nav className={classes.crumb} aria-label="Where this belongs">
          {crumb.map(({ label, to }, index) => (
            <Fragment key={to}>
              {index > 0 && <span aria-hidden="true">/</span>}
              <PlaceLink to={to}>{label}</PlaceLink>
            </Fragment>
          ))}
        </nav>
      )}
      {above !== undefined && <p className={classes.above}>{above}</p>}
      <div className={classes.head}>
        <div>
          <h1>{title}</h1>
          {context !== undefined && <p className={classes.context}>{context}</p>}
        </div>
        {(acts.length > 0 || more !== undefined) && (
          <div className={classes.acts}>
            {acts.map(({ filled, ...act }) => (
              <ActButton key={act.label} act={act} filled={filled} />
            ))}
            {more}
          </div>
        )}
      </div>
      {lede !== undefined && <p className={classes.lede}>{lede}</p>}
    </header>
  );
}
