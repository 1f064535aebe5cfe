import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './directory.module.css';
import { CopyText, ScimAddress } from './token-once.tsx';
import { type System, setUpSteps, systemNames } from './words.ts';

/** Makes the connection of a directory, shows its token this once, and what to do in the directory. */
export function AddDirectoryDialog({ onClose }: { onClose: () => void }) {
  const { go } = usePlace();
  const [system, setSystem] = useState<System>('entra');
  const [name, setName] = useState('');
  const add = useAct('addDirectoryConnection', { changes: ['listDirectoryConnections'] });
  const problems = fieldProblems(add.error);
  if (add.data !== undefined) {
    const { id, address, token } = add.data;
    return (
      <Dialog opened onClose={() => go(`/directory/${id}`)} title="Enter these two in the directory">
        <div className={classes.dialog}>
          <ScimAddress address={address} />
          <CopyText label="Token" text={token} />
          <p>The token is shown this once. Whoever has it can add people, change them and have them asked about.</p>
          <ol className={classes.steps}>
            {setUpSteps[system].map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <DialogActs>
            <Button variant="filled" onClick={() => go(`/directory/${id}`)}>
              I have copied both
            </Button>
          </DialogActs>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title="Which directory pushes people in?">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { system, name: name.trim() === '' ? systemNames[system] : name.trim() } });
        }}
      >
        <NativeSelect
          label="System"
          data={Object.entries(systemNames).map(([value, label]) => ({ value, label }))}
          value={system}
          error={problems.system}
          onChange={(event) => setSystem(event.currentTarget.value as System)}
        />
        <TextInput
          label="What you call it"
          placeholder={systemNames[system]}
          autoComplete="off"
          maxLength={200}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {add.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(add.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Add none</Button>
          <Button type="submit" variant="filled" loading={add.isPending}>
            Make address and token
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
