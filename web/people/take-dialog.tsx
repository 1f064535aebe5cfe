import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './person-access.module.css';

type TakeDialogProps = {
  /** “Admin in CRM”. */
  what: string;
  name: string;
  target: { personId: string; appId: string; entitlementId: string | null };
  onClose: () => void;
};

/** Says that something goes which was there before Groundcrew: it then stands on the plan. */
export function TakeDialog({ what, name, target, onClose }: TakeDialogProps) {
  const [reason, setReason] = useState('');
  const take = useAct('decideGrant', {
    onDone: () => {
      toast(`${what} stands on the plan now, to be taken.`);
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Take ${what} from ${name}?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate({ body: { ...target, decision: 'take', ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } });
        }}
      >
        <p>
          {target.entitlementId === null
            ? 'Their account there is suspended, never deleted, once the plan is applied.'
            : 'It is taken once the plan is applied; their account there stays.'}{' '}
          Nothing happens before. Until then you can decide again, and afterwards undo it.
        </p>
        <Textarea
          label="Why"
          description="For the history. You may leave it out."
          autosize
          maxLength={1000}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {take.error !== null && <Problem {...problemProps(take.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={take.isPending}>
            Keep as it is
          </Button>
          <Button type="submit" variant="filled" loading={take.isPending}>
            Put it on the plan
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
