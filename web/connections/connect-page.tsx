import { Button, Checkbox, NativeSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { Checks } from './checks.tsx';
import classes from './connections.module.css';
import { FormFields } from './form-fields.tsx';
import { countingValues, type Values } from './form-rules.ts';
import { SetUpGuide } from './set-up-guide.tsx';
import { TakesPeople } from './takes-people.tsx';
import { TrySteps } from './try-steps.tsx';
import { type Connector, rhythms } from './words.ts';

const newApp = 'new';

/** Connects an app: which, how it is reached, a test in plain words, then the first reading. */
export default function ConnectPage() {
  const { search, go } = usePlace();
  const connectors = useCall('listConnectors');
  const apps = useCall('listApps', { query: { limit: 200 } });
  const [connectorId, setConnectorId] = useState<string | null>(null);
  const [appId, setAppId] = useState<string | null>(search.app ?? newApp);
  const [appName, setAppName] = useState('');
  const [settings, setSettings] = useState<Values>({});
  const [secrets, setSecrets] = useState<Values>({});
  const [every, setEvery] = useState('60');
  const [writes, setWrites] = useState(true);
  const [takesPeople, setTakesPeople] = useState(false);
  const start = useAct('startSync', { onDone: ({ syncId }, { params }) => go(`/apps/${params.appId}/readings/${syncId}`) });
  const create = useAct('createConnection', { onDone: ({ appId: made }) => start.mutate({ params: { appId: made } }) });
  const test = useAct('testNewConnection', { changes: [] });
  if (connectors.data === undefined || apps.data === undefined)
    return connectors.error === null && apps.error === null ? (
      <Skeleton />
    ) : (
      <PageBody>
        <Problem {...problemProps(connectors.error ?? apps.error)} />
      </PageBody>
    );
  const isNew = appId === newApp;
  const choices = connectors.data.rows.filter(({ reads }) => reads === 'connection');
  const connector = choices.find(
    ({ id }) => id === (connectorId ?? connectorNamed(choices, isNew ? appName : nameOf(apps.data.rows, appId))),
  );
  const error = create.error ?? start.error;
  const problems = fieldProblems(create.error);
  const input = {
    connector: connector?.id ?? '',
    settings: connector === undefined ? {} : countingValues(connector, 'settings', settings, settings),
    secrets: connector === undefined ? {} : countingValues(connector, 'secrets', secrets, settings),
  };
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Connections', to: '/connections' }]}
        title="Connect an app"
        lede={
          <>
            Groundcrew then reads its accounts by itself, and can suspend them when somebody leaves. No such way into the app?{' '}
            <PlaceLink to="/apps/new">Give a list</PlaceLink>, and its owner does the rest by hand.
          </>
        }
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({
            body: {
              ...(isNew ? { appName } : { appId: appId ?? undefined }),
              ...input,
              syncEveryMinutes: every === '' ? null : Number(every),
              writes,
              takesPeople,
            },
          });
        }}
      >
        <Section title="Which app">
          <div className={classes.form}>
            <Select
              label="App"
              searchable
              allowDeselect={false}
              data={[
                { value: newApp, label: 'A new one' },
                ...apps.data.rows.filter(({ writer }) => writer !== 'connection').map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={appId}
              error={problems.appId}
              onChange={setAppId}
            />
            {isNew && (
              <TextInput
                label="Its name"
                required
                maxLength={200}
                autoComplete="off"
                value={appName}
                error={problems.appName ?? problems.name}
                onChange={(event) => setAppName(event.currentTarget.value)}
              />
            )}
          </div>
        </Section>
        <Section title="How it is reached">
          <div className={classes.form}>
            <Select
              label="It is, or it speaks"
              description="Not in the list? Many apps speak SCIM: look for “provisioning” in their settings. Any other with a REST interface can be described."
              placeholder="Choose, or write a name"
              searchable
              allowDeselect={false}
              nothingFoundMessage="None of that name. Try SCIM, describe it as “any app with a REST interface”, or give a list of its users instead."
              data={choices.map(({ id, name }) => ({ value: id, label: name }))}
              value={connector?.id ?? null}
              onChange={(id) => {
                setConnectorId(id);
                setSettings({});
                setSecrets({});
                test.reset();
              }}
            />
            {connector !== undefined && (
              <>
                <SetUpGuide connector={connector} settings={settings} />
                <FormFields
                  connector={connector}
                  settings={settings}
                  onSettings={setSettings}
                  secrets={secrets}
                  onSecrets={setSecrets}
                  problems={problems}
                />
                {problems.secrets !== undefined && <Problem what={problems.secrets} />}
              </>
            )}
            <div className={classes.acts}>
              <Button
                type="button"
                loading={test.isPending}
                disabled={connector === undefined}
                onClick={() => test.mutate({ body: input })}
              >
                Test it
              </Button>
            </div>
            {connector?.isTriedByStep && <TrySteps input={input} />}
            {test.error !== null && <Problem {...problemProps(test.error)} />}
            {test.data !== undefined && <Checks checks={test.data.checks} />}
          </div>
        </Section>
        <Section title="How it is used">
          <div className={classes.form}>
            <NativeSelect
              label={connector?.readsAccounts === false ? 'It is read' : 'Its accounts are read'}
              data={rhythms}
              value={every}
              onChange={(event) => setEvery(event.currentTarget.value)}
            />
            {connector?.tellsPeople && connector.readsAccounts && <TakesPeople value={takesPeople} onChange={setTakesPeople} />}
            {connector?.readsAccounts !== false && (
              <Checkbox
                label="Accounts are suspended over this connection"
                description="When somebody leaves, Groundcrew suspends the account here and reads it back. Otherwise its owner is asked to do it by hand."
                checked={writes}
                onChange={(event) => setWrites(event.currentTarget.checked)}
              />
            )}
            {error !== null && <Problem {...problemProps(error)} />}
            <div className={classes.acts}>
              <Button
                type="submit"
                variant="filled"
                loading={create.isPending || start.isPending}
                disabled={connector === undefined || (isNew && appName.trim() === '')}
              >
                {connector?.readsAccounts === false ? 'Save it and read who works here' : 'Save it and read its accounts'}
              </Button>
            </div>
          </div>
        </Section>
      </form>
    </PageBody>
  );
}

const nameOf = (apps: { id: string; name: string }[], appId: string | null): string => apps.find(({ id }) => id === appId)?.name ?? '';

/** The connector that an app's own name names, so that whoever connects “GitHub” need not choose it. */
function connectorNamed(connectors: Connector[], appName: string): string | undefined {
  const words = appName.toLowerCase().split(/[^a-z0-9]+/);
  return connectors.find(({ name }) => words.includes(name.toLowerCase().split(/[^a-z0-9]+/)[0]!))?.id;
}
