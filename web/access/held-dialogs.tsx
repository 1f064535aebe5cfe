import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import classes from './access.module.css';
import { BrakePart, isReleased } from './brake-part.tsx';
import type { MadePlan } from './words.ts';

type HeldDialogProps = { plan: MadePlan; onClose: () => void };

/** Lets a held plan go on, for exactly the people who were shown. */
export function ReleaseDialog({ plan, onClose }: HeldDialogProps) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const total = plan.losing.length;
  const release = useAct('releasePlan', { onDone: onClose });
  return (
    <Dialog opened onClose={onClose} title="Let this plan go on?">
      <form
        className={classes.choice}
        onSubmit={(event) => {
          event.preventDefault();
          release.mutate({ params: { planId: plan.id }, body: { people: total, reason: reason.trim() } });
        }}
      >
        <BrakePart losing={total} names={plan.losing} typed={typed} onTyped={setTyped} reason={reason} onReason={setReason} />
        {release.error !== null && <Problem {...problemProps(release.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={release.isPending}>
            Keep it held
          </Button>
          <Button type="submit" variant="filled" loading={release.isPending} disabled={!isReleased(total, typed, reason)}>
            Let it go on
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** Discards a held plan: nobody was touched, and what differs stands on the plan again. */
export function DiscardDialog({ plan, onClose }: HeldDialogProps) {
  const discard = useAct('discardPlan', { onDone: onClose });
  return (
    <ReasonDialog
      title="Discard this plan?"
      actLabel="Discard the plan"
      keepLabel="Keep it held"
      busy={discard.isPending}
      error={discard.error}
      onAct={(reason) => discard.mutate({ params: { planId: plan.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>Nobody was touched and nobody is. What rules and people differ in stands on the plan again: change the rules if they are wrong.</p>
    </ReasonDialog>
  );
}
