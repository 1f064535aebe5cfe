import type { ReactNode } from 'react';
import classes from './field-problem.module.css';

/** What is wrong with the field above it. Point the field's `aria-describedby` at `id`. Mantine's fields have this as `error`. */
export function FieldProblem({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className={classes.problem}>
      {children}
    </p>
  );
}
