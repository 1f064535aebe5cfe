import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useOnce } from '../shell/use-once.ts';
import classes from './people.module.css';
import { counted } from './words.ts';

type ManagerDialogProps = {
  personIds: string[];
  onClose: () => void;
  /** After it is done, before it closes. */
  onDone: () => void;
};

/** Gives several people one manager. */
export function ManagerDialog({ personIds, onClose, onDone }: ManagerDialogProps) {
  const client = useQueryClient();
  const [manager, setManager] = useState<ChosenPerson | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const people = personIds.filter((id) => id !== manager?.id);
  const change = useOnce(async () => {
    if (manager === null) return;
    setError(null);
    let count = 0;
    try {
      for (const personId of people) {
        setDone(count);
        await call('changePerson', { params: { personId }, body: { managerId: manager.id } });
        count += 1;
      }
      toast(`${counted(count, 'person reports', 'people report')} to ${manager.name} now.`);
      onDone();
      onClose();
    } catch (problem) {
      setError(problem);
      setDone(null);
    }
    await client.invalidateQueries();
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={personIds.length === 1 ? 'Who manages this person?' : `Who manages these ${personIds.length} people?`}
    >
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <PersonChoice label="Manager" value={manager} onChange={setManager} problem={fieldProblems(error).managerId} />
        {done !== null && <Progress verb="Changed" done={done} total={people.length} noun="people" />}
        {error !== null && <Problem {...problemProps(error)} unchanged="Whoever was not reached yet stays as they were." />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" disabled={manager === null} loading={done !== null}>
            {manager === null ? 'Change the manager' : `Report to ${manager.name}`}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
