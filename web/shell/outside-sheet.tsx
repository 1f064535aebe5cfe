import { type ReactNode, useEffect, useRef } from 'react';
import { Mark } from './mark.tsx';
import classes from './outside-sheet.module.css';
import { useTitle } from './page-title.ts';

type OutsideSheetProps = {
  title: string;
  lede?: ReactNode;
  /** Whose page it is, instead of the product's name. */
  organization?: string;
  /** A form and little else: 520 px instead of 660. */
  narrow?: boolean;
  /** Once this is another one, something has happened: the heading takes the focus and is read. */
  moved?: string | number | null;
  children?: ReactNode;
};

/** A page outside the frame, for whoever has no account or has not signed in: one sheet with a heading. */
export function OutsideSheet({ title, lede, organization, narrow = false, moved = null, children }: OutsideSheetProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(moved);
  useTitle(title);
  useEffect(() => {
    if (before.current !== moved) heading.current?.focus();
    before.current = moved;
  }, [moved]);
  return (
    <div className={classes.outside} data-narrow={narrow || undefined}>
      <header className={classes.name}>
        {organization ?? (
          <>
            <Mark />
            Groundcrew
          </>
        )}
      </header>
      <main id="main" className={classes.sheet}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lede !== undefined && <div className={classes.lede}>{lede}</div>}
        {children}
      </main>
    </div>
  );
}
