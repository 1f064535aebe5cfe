import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { ApiProblem, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { ChangeList } from './change-list.tsx';
import classes from './playbooks.module.css';
import { type Changes, type Playbook, runsWords } from './words.ts';

type SaveDialogProps = {
  playbook: Playbook;
  basedOn: number;
  yaml: string;
  changes: Changes;
  onSaved: () => void;
  /** Shows the versions: somebody else saved meanwhile. */
  onLook: () => void;
  onClose: () => void;
};

/** Shows what a new version changes before it is saved. */
export function SaveDialog({ playbook, basedOn, yaml, changes, onSaved, onLook, onClose }: SaveDialogProps) {
  const [note, setNote] = useState('');
  const save = useAct('savePlaybook', {
    onDone: ({ version, changed }) => {
      toast(changed ? `Version ${version} of ${playbook.name} is in force for what begins from now on.` : 'Nothing was changed.');
      onSaved();
    },
  });
  const elsewhere = save.error instanceof ApiProblem && save.error.code === 'playbook_changed';
  return (
    <Dialog opened onClose={onClose} title={`Save version ${playbook.version + 1} of ${playbook.name}?`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ params: { playbookId: playbook.id }, body: { yaml, basedOn, note: note.trim() === '' ? null : note.trim() } });
        }}
      >
        <div>
          <h3>{changes.words === '' ? 'Only comments or the layout of the text change' : changes.words.replace(/\.$/, '')}</h3>
          <ChangeList changes={changes} />
        </div>
        <p className="gc-small">
          {playbook.openRuns === 0
            ? 'No run is open. The next one follows the new version.'
            : `${playbook.openRuns === 1 ? 'One open run keeps the version with which it began' : `${runsWords(playbook.openRuns)} keep the version with which they began`}. What begins from now on follows the new one.`}{' '}
          Every version stays and can be used again.
        </p>
        <TextInput
          label="Why (for whoever looks later)"
          autoComplete="off"
          maxLength={500}
          value={note}
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {save.error !== null && (
          <Problem {...problemProps(save.error)} act={elsewhere ? { label: 'Look at the versions', onClick: onLook } : undefined} />
        )}
        <DialogActs>
          <Button onClick={onClose} disabled={save.isPending}>
            Keep editing
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={elsewhere}>
            Save version {playbook.version + 1}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
