import type { ReactNode } from 'react';
import { Shape } from './shape.tsx';
import classes from './status-chip.module.css';
import type { StatusKind } from './status-kind.ts';

type StatusChipProps = {
  kind: StatusKind;
  /** The word: a name and no code, as in “Waits for Arjun Pillai”. */
  children: ReactNode;
  /** On a tinted ground; only where the chip stands alone in a header. */
  alone?: boolean;
  /** Never broken over two lines. */
  together?: boolean;
  /** 13 px, in dense lines. */
  small?: boolean;
  /** Where a rail beside already shows the shape. */
  wordOnly?: boolean;
};

/** A status: its shape and its word, in the ink of its meaning. */
export function StatusChip({ kind, children, alone = false, together = false, small = false, wordOnly = false }: StatusChipProps) {
  return (
    <span
      className={classes.chip}
      data-kind={kind}
      data-alone={alone || undefined}
      data-together={together || undefined}
      data-small={small || undefined}
    >
      {!wordOnly && kind !== 'working' && <Shape kind={kind} />}
      <span>{children}</span>
    </span>
  );
}
