import type { ReactNode } from 'react';
import classes from './page-body.module.css';

/** The ground of a text or detail page: 1120 px at most, with its gutters. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={classes.body}>{children}</div>;
}

/** The ground of a list page: runs to the sheet's edges and is as high as the window; `head` stands still, the list scrolls. */
export function ListBody({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.list}>
      <div className={classes.head}>{head}</div>
      {children}
    </div>
  );
}

type ColumnsProps = {
  main: ReactNode;
  side: ReactNode;
  /** Below `main` on wide windows, after `side` on the phone. */
  after?: ReactNode;
  /** The side is a document: 404 px. */
  document?: boolean;
};

/** Two columns, only where the second is time (328 px) or a document; on narrow windows one below the other. */
export function Columns({ main, side, after, document = false }: ColumnsProps) {
  return (
    <div className={classes.columns} data-document={document || undefined}>
      <div className={classes.column}>{main}</div>
      <div className={classes.side}>{side}</div>
      {after !== undefined && <div className={classes.column}>{after}</div>}
    </div>
  );
}
