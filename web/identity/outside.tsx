import { type ReactNode, useEffect, useRef } from 'react';
import { Mark } from '../shell/mark.tsx';
import { useTitle } from '../shell/page-title.ts';
import classes from './outside.module.css';

/** A page outside the frame: one sheet with a heading. When the heading changes (the next step), it takes the focus and is read. */
export function Outside({ title, lede, children }: { title: string; lede?: ReactNode; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(title);
  useTitle(title);
  useEffect(() => {
    if (before.current !== title) heading.current?.focus();
    before.current = title;
  }, [title]);
  return (
    <div className={classes.outside}>
      <header className={classes.name}>
        <Mark />
        Groundcrew
      </header>
      <main id="main" className={classes.sheet}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lede !== undefined && <p className={classes.lede}>{lede}</p>}
        {children}
      </main>
    </div>
  );
}
