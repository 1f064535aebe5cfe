import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { Checks } from './checks.tsx';
import classes from './connections.module.css';
import { FormFields } from './form-fields.tsx';
import { countingValues, type Values } from './form-rules.ts';
import { TakesPeople } from './takes-people.tsx';
import { TrySteps } from './try-steps.tsx';
import { type Connection, type Connector, rhythms, rhythmWords } from './words.ts';

/** Changes how an app is reached. Another host needs the secret again. */
export function ChangeDialog({ connection, connector, onClose }: { connection: Connection; connector: Connector; onClose: () => void }) {
  const [settings, setSettings] = useState<Values>(connection.settings);
  const [secrets, setSecrets] = useState<Values>({});
  const [every, setEvery] = useState(connection.syncEveryMinutes === null ? '' : String(connection.syncEveryMinutes));
  const [takesPeople, setTakesPeople] = useState(connection.takesPeople);
  const params = { connectionId: connection.id };
  const entered = countingValues(connector, 'secrets', secrets, settings);
  const body = {
    settings: countingValues(connector, 'settings', settings, settings),
    ...(Object.keys(entered).length === 0 ? {} : { secrets: entered }),
  };
  const save = useAct('changeConnection', { onDone: onClose });
  const test = useAct('testConnection', { changes: [] });
  const error = save.error ?? test.error;
  const problems = fieldProblems(error);
  const known = rhythms.some(({ value }) => value === every);
  return (
    <Dialog opened onClose={onClose} title={`How is ${connection.app} reached?`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ params, body: { ...body, syncEveryMinutes: every === '' ? null : Number(every), takesPeople } });
        }}
      >
        <FormFields
          connector={connector}
          settings={settings}
          onSettings={setSettings}
          secrets={secrets}
          onSecrets={setSecrets}
          problems={problems}
          keptWith={connection.hasSecrets ? connection.settings : null}
        />
        <NativeSelect
          label="Its accounts are read"
          data={known ? rhythms : [{ value: every, label: rhythmWords(Number(every)) }, ...rhythms]}
          value={every}
          onChange={(event) => setEvery(event.currentTarget.value)}
        />
        {connector.tellsPeople && connector.readsAccounts && <TakesPeople value={takesPeople} onChange={setTakesPeople} />}
        {connector.isTriedByStep && <TrySteps input={{ ...params, ...body }} />}
        {error !== null && <Problem {...problemProps(error)} />}
        {test.data !== undefined && <Checks checks={test.data.checks} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="button" loading={test.isPending} onClick={() => test.mutate({ params, body })}>
            Test it
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
