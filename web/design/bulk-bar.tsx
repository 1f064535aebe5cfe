import { Button } from '@mantine/core';
import { type Act, ActButton } from './act.tsx';
import classes from './bulk-bar.module.css';
import { everythingSelected, nothingSelected, type Selection } from './selection.ts';

type BulkBarProps = {
  count: number;
  /** How many the filter finds. */
  total: number;
  noun: [one: string, many: string];
  acts: Act[];
  everything: boolean;
  onSelect: (selection: Selection) => void;
};

/** What can be done with the chosen rows: floats at the bottom. */
export function BulkBar({ count, total, noun, acts, everything, onSelect }: BulkBarProps) {
  const words = `${count} ${count === 1 ? noun[0] : noun[1]}`;
  return (
    <section className={classes.bulk} aria-label={`${words} selected`}>
      <span role="status">
        <b className="gc-figures">{words}</b> selected
      </span>
      {!everything && (
        <button type="button" className={classes.all} onClick={() => onSelect(everythingSelected)}>
          Select all {total}
        </button>
      )}
      {acts.length > 0 && (
        <div className={classes.acts}>
          {acts.slice(0, 4).map((act) => (
            <ActButton key={act.label} act={act} size="xs" />
          ))}
        </div>
      )}
      <Button size="xs" variant="subtle" className={classes.clear} onClick={() => onSelect(nothingSelected)}>
        Clear
      </Button>
    </section>
  );
}
