import { type ReactNode, useEffect, useState } from 'react';
import classes from './joining.module.css';

type FoldedPartProps = {
  heading: string;
  /** What is in it, dimmed. */
  note?: string;
  /** Opens it when it becomes true; closing stays with the reader. */
  opened?: boolean;
  children: ReactNode;
};

/** A part that is seldom needed, folded behind its heading. */
export function FoldedPart({ heading, note, opened = false, children }: FoldedPartProps) {
  const [open, setOpen] = useState(opened);
  useEffect(() => {
    if (opened) setOpen(true);
  }, [opened]);
  return (
    <details className={classes.fold} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {heading}
        {note !== undefined && <span className="gc-dimmed gc-small"> {note}</span>}
      </summary>
      {open && <div className={classes.folded}>{children}</div>}
    </details>
  );
}
