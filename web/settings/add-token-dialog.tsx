import { Button, CopyButton, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { now } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './settings.module.css';

const day = 24 * 3600 * 1000;

/** Makes a token and shows its text this once. */
export function AddTokenDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState<string | null>('90');
  const known = useCall('listScopes').data?.scopes ?? [];
  const add = useAct('addToken', { changes: ['listTokens'] });
  const problems = fieldProblems(add.error);
  if (add.data !== undefined) {
    return (
      <Dialog opened onClose={onClose} title="Copy the token now">
        <div className={classes.dialog}>
          <p>It is shown this once. Whoever has it can do what it may do.</p>
          <p className={classes.text}>
            <code>{add.data.token}</code>
          </p>
          <div className={classes.acts}>
            <CopyButton value={add.data.token}>
              {({ copied, copy }) => (
                <Button variant="filled" onClick={copy}>
                  {copied ? 'Copied' : 'Copy the token'}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title="Make a token">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { name, scopes, expiresAt: new Date(now() + Number(days) * day).toISOString() } });
        }}
      >
        <TextInput
          label="What it is for"
          required
          autoComplete="off"
          maxLength={200}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label="Scopes"
          description="*:read reads all that you may read; * does all that you may do."
          data={['*:read', '*', ...known]}
          searchable
          required
          value={scopes}
          error={problems.scopes}
          onChange={setScopes}
        />
        <Select
          label="Ends in"
          data={[
            { value: '7', label: '7 days' },
            { value: '30', label: '30 days' },
            { value: '90', label: '90 days' },
            { value: '365', label: 'a year' },
          ]}
          allowDeselect={false}
          value={days}
          error={problems.expiresAt}
          onChange={setDays}
        />
        {add.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(add.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Make none</Button>
          <Button type="submit" variant="filled" loading={add.isPending} disabled={scopes.length === 0}>
            Make the token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
