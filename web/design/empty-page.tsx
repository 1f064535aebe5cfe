import type { ReactNode } from 'react';
import { type Act, ActButton } from './act.tsx';
import classes from './empty-page.module.css';

/** What will be here, why it is worth it, and the next step as a button. Never a drawing. */
export function EmptyPage({
  title,
  children,
  act,
  other,
}: {
  title: ReactNode;
  /** Why it is worth it. */
  children?: ReactNode;
  act?: Act;
  other?: Act;
}) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {(act !== undefined || other !== undefined) && (
        <div className={classes.acts}>
          {act !== undefined && <ActButton act={act} filled />}
          {other !== undefined && <ActButton act={other} />}
        </div>
      )}
    </div>
  );
}
