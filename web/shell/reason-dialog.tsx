import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from './api-problem.ts';
import classes from './reason-dialog.module.css';

type ReasonDialogProps = {
  title: string;
  /** What the decision does. */
  children?: ReactNode;
  label?: string;
  actLabel: string;
  keepLabel?: string;
  busy: boolean;
  error: unknown;
  onAct: (reason: string) => void;
  onClose: () => void;
};

/** Says what a decision does, asks for its reason, and does it. */
export function ReasonDialog({
  title,
  children,
  label = 'Why?',
  actLabel,
  keepLabel = 'Keep as it is',
  busy,
  error,
  onAct,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const problems = fieldProblems(error);
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          onAct(reason.trim());
        }}
      >
        {children}
        <Textarea
          label={label}
          minRows={2}
          autosize
          maxLength={1_000}
          value={reason}
          error={problems.reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error !== null && problems.reason === undefined && <Problem {...problemProps(error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={busy}>
            {keepLabel}
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={reason.trim().length < 3}>
            {actLabel}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
