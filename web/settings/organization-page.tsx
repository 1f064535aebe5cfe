import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { chooseOrganization } from '../shell/chosen-organization.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './settings.module.css';

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** The organization: name and time zone, and a further one. */
export default function OrganizationPage() {
  const { data, error } = useCall('getOrganization');
  const may = useMay('organization:manage');
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title={data === undefined ? 'Organization' : data.name}
        lede={
          data?.sample === true ? (
            <>
              This is a sample company. Nothing in it is real.{' '}
              {may && <PlaceLink to="/settings/sample">Remove it once you have seen enough</PlaceLink>}
            </>
          ) : undefined
        }
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" rows={2} />}
      {data !== undefined && <Names key={data.id} organization={data} may={may} />}
      {may && <Further />}
    </PageBody>
  );
}

function Names({ organization, may }: { organization: OutputOf<'getOrganization'>; may: boolean }) {
  const [name, setName] = useState(organization.name);
  const [timeZone, setTimeZone] = useState<string | null>(organization.timeZone);
  const save = useAct('setOrganization', { onDone: () => toast('The organization was changed.') });
  const problems = fieldProblems(save.error);
  const changed = name !== organization.name || timeZone !== organization.timeZone;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { name, timeZone: timeZone ?? organization.timeZone } });
      }}
    >
      <TextInput
        label="Name"
        required
        maxLength={200}
        readOnly={!may}
        value={name}
        error={problems.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Time zone"
        description="For people whose own zone is not known. Cut-offs that were set already stay at their moment."
        data={zones}
        searchable
        readOnly={!may}
        value={timeZone}
        error={problems.timeZone}
        nothingFoundMessage="No zone has this name. Try a large city nearby."
        onChange={setTimeZone}
      />
      {save.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(save.error)} />}
      {may ? (
        <div className={classes.acts}>
          <Button type="submit" variant="filled" disabled={!changed} loading={save.isPending}>
            Save
          </Button>
        </div>
      ) : (
        <p className="gc-dimmed">An owner changes these.</p>
      )}
    </form>
  );
}

function Further() {
  const [name, setName] = useState('');
  const add = useAct('addOrganization', {
    onDone: ({ organizationId }) => {
      chooseOrganization(organizationId);
      location.assign('/');
    },
  });
  return (
    <Section
      title="A further organization"
      note="Another company on this installation, kept apart from this one. You are its owner and switch below your name."
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { name, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } });
        }}
      >
        <TextInput
          label="Name of the further organization"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {add.error !== null && <Problem {...problemProps(add.error)} />}
        <div className={classes.acts}>
          <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
            Make it and go there
          </Button>
        </div>
      </form>
    </Section>
  );
}
