import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './people.module.css';
import type { Person } from './words.ts';

/** Sets or ends a leave of absence. */
export function LeaveOfAbsenceDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [from, setFrom] = useState(person.leaveFrom ?? '');
  const [until, setUntil] = useState(person.leaveUntil ?? '');
  const set = useAct('setPersonLeave', {
    onDone: (_, { body }) => {
      onClose();
      toast(body.from === null ? `${person.name} is not away any more.` : `The leave of ${person.name} is set.`);
    },
  });
  const problems = fieldProblems(set.error);
  const send = (body: { from: string | null; until: string | null }) => set.mutate({ params: { personId: person.id }, body });
  return (
    <Dialog opened onClose={onClose} title={`When is ${person.name} away?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          send({ from: from || null, until: until || null });
        }}
      >
        <p className="gc-small">Accounts stay as they are. Tasks go on to whoever stands in.</p>
        <div className={classes.pair}>
          <TextInput
            type="date"
            label="First day away"
            value={from}
            error={problems.from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Last day away"
            description="Empty where the end is not known"
            value={until}
            error={problems.until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </div>
        {set.error !== null && <Problem {...problemProps(set.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          {person.leaveFrom !== null && (
            <Button loading={set.isPending} onClick={() => send({ from: null, until: null })}>
              End the leave
            </Button>
          )}
          <Button type="submit" variant="filled" loading={set.isPending} disabled={from === ''}>
            Set the leave
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
