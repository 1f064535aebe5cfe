import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useAct } from '../shell/use-call.ts';
import classes from './hygiene.module.css';
import { counted, type FindingKind, type FindingRow } from './words.ts';

/** A local day (YYYY-MM-DD) so many days from today. */
function dayAhead(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return new Intl.DateTimeFormat('sv-SE').format(day);
}

/** Leaves things as they are until a day, with a reason; then they come back to the list. */
export function AcceptDialog({ kind, subjects, onClose }: { kind: FindingKind; subjects: string[]; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayAhead(90));
  const accept = useAct('acceptFindings', {
    onDone: () => {
      toast(`${counted(subjects.length, 'line stays', 'lines stay')} as ${subjects.length === 1 ? 'it is' : 'they are'} for now.`);
      onClose();
    },
  });
  const problems = fieldProblems(accept.error);
  return (
    <Dialog opened onClose={onClose} title={subjects.length === 1 ? 'Leave it as it is?' : `Leave ${subjects.length} as they are?`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate({ body: { kind, subjects, reason: reason.trim(), until: new Date(`${until}T23:59:59`).toISOString() } });
        }}
      >
        <p>
          Nothing is changed in any app. The exception stands in the history with your name, and after its day the line is back on the list.
        </p>
        <Textarea
          label="Why"
          autosize
          minRows={2}
          maxLength={1_000}
          value={reason}
          error={problems.reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Until"
          description="A year at most."
          value={until}
          error={problems.until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        {accept.error !== null && problems.until === undefined && problems.reason === undefined && (
          <Problem {...problemProps(accept.error)} />
        )}
        <DialogActs>
          <Button onClick={onClose}>Keep it on the list</Button>
          <Button type="submit" variant="filled" loading={accept.isPending} disabled={reason.trim().length < 3 || until === ''}>
            Leave as it is
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** Asks people to switch on a second factor: a task each, by mail. */
export function AskDialog({ accountIds, onClose }: { accountIds: string[]; onClose: () => void }) {
  const ask = useAct('askForSecondFactor', {
    onDone: ({ asked }) => {
      toast(`${counted(asked, 'person was', 'people were')} asked.`);
      onClose();
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={accountIds.length === 1 ? 'Ask for a second factor?' : `Ask ${accountIds.length} for a second factor?`}
    >
      <div className={classes.form}>
        <p>
          Each gets one task by mail, with a link and what to do, due in seven days. Who was asked already is not asked again. Nothing is
          closed by itself; once the app is read, who has a second factor is off the list.
        </p>
        {ask.error !== null && <Problem {...problemProps(ask.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Ask nobody</Button>
          <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate({ body: { accountIds } })}>
            Ask them
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}

/** Says whose an account is, or names who stands in for the owner of an app. */
export function PersonDialog({ row, onClose }: { row: FindingRow; onClose: () => void }) {
  const isApp = row.kind === 'one-owner';
  const [person, setPerson] = useState<ChosenPerson | null>(
    row.suggestedPersonId === null || row.suggestedPerson === null ? null : { id: row.suggestedPersonId, name: row.suggestedPerson },
  );
  const done = (text: string) => {
    toast(text);
    onClose();
  };
  const match = useAct('matchAccount', { onDone: () => done(`${row.who} is ${person?.name ?? 'known'}’s now.`) });
  const name = useAct('changeApp', { onDone: () => done(`${person?.name ?? 'Somebody'} stands in for ${row.app} now.`) });
  const error = match.error ?? name.error;
  return (
    <Dialog opened onClose={onClose} title={isApp ? `Who stands in for ${row.app}?` : `Whose is ${row.who} in ${row.app}?`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (person === null) return;
          if (isApp) name.mutate({ params: { appId: row.appId }, body: { deputyPersonId: person.id } });
          else if (row.accountId !== null) match.mutate({ params: { accountId: row.accountId }, body: { personId: person.id } });
        }}
      >
        <p>
          {row.why} {row.suggestedWhy}
        </p>
        <PersonChoice label={isApp ? 'Deputy' : 'Person'} withJoiners value={person} onChange={setPerson} />
        {error !== null && <Problem {...problemProps(error)} />}
        <DialogActs>
          <Button onClick={onClose}>Leave it open</Button>
          <Button type="submit" variant="filled" loading={match.isPending || name.isPending} disabled={person === null}>
            {isApp ? 'Name them' : 'It is theirs'}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
