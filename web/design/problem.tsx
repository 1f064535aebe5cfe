import type { ReactNode } from 'react';
import { type Act, ActButton } from './act.tsx';
import classes from './problem.module.css';
import { Shape } from './shape.tsx';

export type ProblemProps = {
  /** What happened, first. */
  what: ReactNode;
  /** What was not changed. */
  unchanged?: ReactNode;
  /** What to do. */
  todo?: ReactNode;
  act?: Act;
  /** For whoever reads the log; last and small. */
  reference?: string;
};

/** An error, where it arose: what happened, what was not changed, what to do. */
export function Problem({ what, unchanged, todo, act, reference }: ProblemProps) {
  return (
    <div className={classes.problem} role="alert">
      <Shape kind="wrong" label="Problem: " />
      <div>
        <p className={classes.what}>{what}</p>
        {unchanged !== undefined && <p>{unchanged}</p>}
        {todo !== undefined && <p>{todo}</p>}
        {act !== undefined && <ActButton act={act} size="xs" className={classes.act} />}
        {reference !== undefined && (
          <p className={classes.reference}>
            Reference <span className="gc-code">{reference}</span>
          </p>
        )}
      </div>
    </div>
  );
}
