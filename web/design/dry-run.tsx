import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogActs } from './dialog.tsx';
import classes from './dry-run.module.css';
import { Problem, type ProblemProps } from './problem.tsx';
import { Progress } from './progress.tsx';
import { Tally, type TallyLine } from './tally.tsx';

type DryRunProps = {
  opened: boolean;
  /** Closes without doing it. */
  onClose: () => void;
  /** A question: “When does Camille’s access close?” */
  title: string;
  /** The choice. */
  children?: ReactNode;
  /** What would happen, with the zeros that calm; null while it is counted. */
  lines: TallyLine[] | null;
  /** How far the count is, where it takes long. */
  counting?: { done: number; total?: number; noun: string };
  /** What can be undone, and until when. */
  undo: ReactNode;
  keepLabel?: string;
  /** Names the deed and the date: “Close access on Fri 27 Nov”. */
  actLabel: string;
  onAct: () => void;
  /** The choice is not made yet. */
  incomplete?: boolean;
  busy?: boolean;
  /** Must be typed, where more than 5 people are hit. */
  confirmName?: string;
  problem?: ProblemProps;
};

/** Shows what will happen before it does: choice, numbers, what can be undone. The button waits for the count. */
export function DryRun({
  opened,
  onClose,
  title,
  children,
  lines,
  counting,
  undo,
  keepLabel = 'Keep as it is',
  actLabel,
  onAct,
  incomplete = false,
  busy = false,
  confirmName,
  problem,
}: DryRunProps) {
  const [typed, setTyped] = useState('');
  const named = confirmName === undefined || typed.trim() === confirmName;
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      {children}
      <div className={classes.effects} aria-live="polite" aria-busy={lines === null}>
        <h3 className={classes.heading}>If you confirm</h3>
        {lines !== null && <Tally lines={lines} />}
        {lines === null && counting !== undefined && <Progress verb="Counted" {...counting} />}
        {lines === null && counting === undefined && (
          <p className="gc-small gc-dimmed">
            {incomplete ? 'Choose first, then the effects are counted.' : 'The effects are being counted.'}
          </p>
        )}
      </div>
      <p className={classes.undo}>{undo}</p>
      {confirmName !== undefined && (
        <TextInput
          className={classes.name}
          label={
            <>
              Type <b>{confirmName}</b> to confirm
            </>
          }
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {problem !== undefined && <Problem {...problem} />}
      <DialogActs>
        <Button onClick={onClose} disabled={busy}>
          {keepLabel}
        </Button>
        <Button variant="filled" onClick={onAct} loading={busy} disabled={lines === null || incomplete || !named}>
          {actLabel}
        </Button>
      </DialogActs>
    </Dialog>
  );
}
