import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import type { ChosenPerson } from '../shell/find-person.tsx';
import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import { NamedPerson } from './named-person.tsx';
import classes from './tasks.module.css';

type Task = OutputOf<'getTask'>;
type DialogProps = { task: Task; onClose: () => void };

/** Gives a task to somebody by name, with a reason. */
export function ReassignDialog({ task, onClose }: DialogProps) {
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [reason, setReason] = useState('');
  const act = useAct('reassignTask', {
    onDone: () => {
      toast('The task was given on. They are told by mail.');
      onClose();
    },
  });
  const problems = fieldProblems(act.error);
  return (
    <Dialog opened onClose={onClose} title="Who does this instead?">
      <form
        className={classes.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (person !== null) act.mutate({ params: { taskId: task.id }, body: { personId: person.id, reason } });
        }}
      >
        <p>
          They get a mail with a link. {task.assignee === null ? 'Nobody' : task.assignee.mine ? 'You' : task.assignee.name} will not see
          the task any more.
        </p>
        <NamedPerson
          label="Person"
          value={person}
          onChange={setPerson}
          find={async (find) => (await call('listTaskPeople', { params: { taskId: task.id }, query: { find, purpose: 'assignee' } })).rows}
          problem={problems.personId}
        />
        <Textarea
          label="Why?"
          autosize
          minRows={2}
          maxLength={1_000}
          value={reason}
          error={problems.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(act.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={act.isPending} disabled={person === null}>
            Give it on
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** Who is asked next: the deputy, unless it is with them already; then the owners. */
export const nextAsked = (task: Task): string =>
  task.deputy === null || task.deputy.id === task.assignee?.personId ? 'the owners' : task.deputy.name;

/** Asks the deputy at once, or ends a task that nobody needs, with a reason. */
export function DeedDialog({ task, deed, onClose }: DialogProps & { deed: 'askDeputy' | 'cancelTask' }) {
  const act = useAct(deed, {
    onDone: () => {
      toast(deed === 'askDeputy' ? 'Asked. They are told by mail.' : 'The task was ended.');
      onClose();
    },
  });
  const next = nextAsked(task);
  const words =
    deed === 'askDeputy'
      ? {
          title: `Ask ${next} now?`,
          text: `${next === 'the owners' ? 'They get' : `${next} gets`} a mail at once. Whoever is asked already may still do it.`,
          verb: `Ask ${next}`,
        }
      : {
          title: 'Is this not needed any more?',
          text: 'Nobody does it then, and what waits for it goes on without it. The reason stands in the audit.',
          verb: 'End the task',
        };
  return (
    <ReasonDialog
      title={words.title}
      actLabel={words.verb}
      busy={act.isPending}
      error={act.error}
      onAct={(reason) => act.mutate({ params: { taskId: task.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>{words.text}</p>
    </ReasonDialog>
  );
}
