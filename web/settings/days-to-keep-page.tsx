import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './settings.module.css';

/** How long accounts of leavers are kept before somebody is asked whether they may be deleted. */
export default function DaysToKeepPage() {
  const { data, error } = useCall('getRetention');
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title="Accounts of leavers"
        lede="They are suspended when access closes and kept for these days. Then the owners are asked whether exactly those accounts may be deleted. Without a yes they stay."
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" rows={2} />}
      {data !== undefined && <Days stands={data} />}
    </PageBody>
  );
}

function Days({ stands }: { stands: OutputOf<'getRetention'> }) {
  const mayManage = useMay('access:manage');
  const [days, setDays] = useState<number | string>(stands.days);
  const [adding, setAdding] = useState(false);
  const save = useAct('setRetention', { onDone: () => toast('What waits to be asked about moves with it.') });
  const problems = fieldProblems(save.error);
  const keep = (appId: string | null, many: number | null) => save.mutate({ body: { appId, days: many } });
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (typeof days === 'number') keep(null, days);
        }}
      >
        <NumberInput
          label="Days after access closes"
          description="For all apps that have no days of their own."
          min={0}
          max={3650}
          allowDecimal={false}
          readOnly={!mayManage}
          value={days}
          error={problems.days}
          onChange={setDays}
        />
        {mayManage && (
          <Button type="submit" variant="filled" loading={save.isPending} disabled={typeof days !== 'number' || days === stands.days}>
            Keep them so long
          </Button>
        )}
        {save.error !== null && problems.days === undefined && <Problem {...problemProps(save.error)} />}
      </form>
      <Section
        title="Apps with days of their own"
        aside={mayManage && !adding ? <Button onClick={() => setAdding(true)}>Another app…</Button> : undefined}
        note={stands.apps.length === 0 ? 'None: all apps keep accounts equally long.' : undefined}
      >
        <RowList
          rows={stands.apps.map(({ appId, app, days: own }) => ({
            key: appId,
            title: app,
            to: `/apps/${appId}`,
            detail: `${own} days`,
            ...(mayManage ? { act: { label: 'As all others', ariaLabel: `${app}: as all others`, onClick: () => keep(appId, null) } } : {}),
          }))}
        />
        {adding && <AppDays onKeep={(appId, many) => keep(appId, many)} onDone={() => setAdding(false)} busy={save.isPending} />}
      </Section>
    </>
  );
}

function AppDays({ onKeep, onDone, busy }: { onKeep: (appId: string, days: number) => void; onDone: () => void; busy: boolean }) {
  const apps = useCall('listApps', { query: { limit: 200 } });
  const [appId, setAppId] = useState('');
  const [days, setDays] = useState<number | string>(30);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (appId === '' || typeof days !== 'number') return;
        onKeep(appId, days);
        onDone();
      }}
    >
      <NativeSelect
        label="App"
        value={appId}
        onChange={(event) => setAppId(event.currentTarget.value)}
        data={[{ value: '', label: 'Choose an app' }, ...(apps.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NumberInput label="Days" min={0} max={3650} allowDecimal={false} value={days} onChange={setDays} />
      <Button type="submit" loading={busy} disabled={appId === '' || typeof days !== 'number'}>
        Keep them so long there
      </Button>
    </form>
  );
}
