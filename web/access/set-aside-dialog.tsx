import { Button } from '@mantine/core';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import classes from './access.module.css';
import { Names } from './names.tsx';
import type { Gap } from './words.ts';

type SetAsideDialogProps = {
  title: string;
  aside: Gap['unknown'];
  /** What is true of all of them. */
  children: React.ReactNode;
  /** They differ in why, which is said above each group. */
  tellsWhy?: boolean;
  onClose: () => void;
};

/** What a plan leaves as it is, by name: grouped by why. */
export function SetAsideDialog({ title, aside: { total, rows }, children, tellsWhy = false, onClose }: SetAsideDialogProps) {
  const reasons = [...Map.groupBy(rows, ({ words }) => words)];
  return (
    <Dialog opened onClose={onClose} title={title}>
      <div className={classes.choice}>
        <div>{children}</div>
        {reasons.map(([words, of]) => (
          <section key={words}>
            {tellsWhy && <p>{words}</p>}
            <Names
              label={words}
              rows={of.map(({ personId, person, app, entitlement }) => ({
                id: personId,
                name: person,
                more: entitlement === null ? app : `${app}, ${entitlement}`,
              }))}
              total={of.length}
            />
          </section>
        ))}
        {total > rows.length && (
          <p className="gc-second">And {total - rows.length} more. They are shown as those before them are settled.</p>
        )}
        <DialogActs>
          <Button variant="filled" onClick={onClose}>
            Close
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
