import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { zoneCity } from '../design/format-in-zones.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './people.module.css';
import { counted } from './words.ts';
import { zoneOptions } from './zone-options.ts';

type Location = OutputOf<'listLocations'>['rows'][number];

/** The locations with their time zones, and the departments. */
export default function PlacesPage() {
  const [open, setOpen] = useState<Location | 'location' | 'department' | null>(null);
  const mayManage = useMay('people:manage');
  const locations = useCall('listLocations');
  const departments = useCall('listDepartments');
  const error = locations.error ?? departments.error;
  const add = (label: string, what: 'location' | 'department') =>
    mayManage ? (
      <Button size="xs" onClick={() => setOpen(what)}>
        {label}
      </Button>
    ) : undefined;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'People', to: '/people' }]}
        title="Places and departments"
        lede="A location’s time zone says when a day ends for whoever is there. An import adds what is missing."
      />
      {error !== null && <Problem {...problemProps(error)} />}
      <Section title="Locations" aside={add('Add a location…', 'location')}>
        {locations.data?.total === 0 && <p>None yet. An import brings them, or you add one.</p>}
        <RowList
          rows={(locations.data?.rows ?? []).map((location) => ({
            key: location.id,
            title: location.name,
            to: `/people?location=${location.id}`,
            detail: (
              <>
                {counted(location.people, 'person', 'people')}
                {location.country === null ? '' : `, ${location.country}`}.{' '}
                {location.timeZone === null ? '' : `Clock of ${zoneCity(location.timeZone)} (${location.timeZone}).`}
                {location.timeZone === null && <StatusChip kind="unknown">Time zone not known: that of the organization counts</StatusChip>}
              </>
            ),
            act: mayManage ? { label: 'Change…', ariaLabel: `Change… ${location.name}`, onClick: () => setOpen(location) } : undefined,
          }))}
        />
      </Section>
      <Section title="Departments" aside={add('Add a department…', 'department')}>
        {departments.data?.total === 0 && <p>None yet.</p>}
        <RowList
          rows={(departments.data?.rows ?? []).map(({ id, name, people }) => ({
            key: id,
            title: name,
            to: `/people?department=${id}`,
            due: counted(people, 'person', 'people'),
          }))}
        />
      </Section>
      {open === 'department' && <DepartmentDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'department' && (
        <LocationDialog location={open === 'location' ? null : open} onClose={() => setOpen(null)} />
      )}
    </PageBody>
  );
}

function DepartmentDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const add = useAct('addDepartment', { onDone: onClose });
  return (
    <Dialog opened onClose={onClose} title="Add a department">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { name } });
        }}
      >
        <TextInput
          label="Name"
          value={name}
          error={fieldProblems(add.error).name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {add.error !== null && <Problem {...problemProps(add.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={add.isPending} disabled={name.trim() === ''}>
            Add it
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

function LocationDialog({ location, onClose }: { location: Location | null; onClose: () => void }) {
  const [name, setName] = useState(location?.name ?? '');
  const [zone, setZone] = useState(location?.timeZone ?? '');
  const [country, setCountry] = useState(location?.country ?? '');
  const add = useAct('addLocation', { onDone: onClose });
  const change = useAct('changeLocation', { onDone: onClose });
  const error = add.error ?? change.error;
  const problems = fieldProblems(error);
  const body = { name: name.trim(), timeZone: zone === '' ? null : zone, country: country.trim() === '' ? null : country.trim() };
  const moves = location !== null && zone !== (location.timeZone ?? '');
  return (
    <Dialog opened onClose={onClose} title={location === null ? 'Add a location' : `Change ${location.name}`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (location === null) add.mutate({ body });
          else change.mutate({ params: { locationId: location.id }, body });
        }}
      >
        <TextInput
          label="Name"
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label="Time zone"
          data={[{ value: '', label: 'Not known' }, ...zoneOptions(zone).map((value) => ({ value, label: value }))]}
          value={zone}
          error={problems.timeZone}
          onChange={(event) => setZone(event.currentTarget.value)}
        />
        <TextInput label="Country" value={country} onChange={(event) => setCountry(event.currentTarget.value)} />
        {moves && (
          <p className="gc-small">
            The end of a last working day moves with the zone for whoever is there. Cut-offs that were confirmed keep the local time and
            zone they were confirmed in.
          </p>
        )}
        {error !== null && <Problem {...problemProps(error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={add.isPending || change.isPending} disabled={name.trim() === ''}>
            {location === null ? 'Add it' : 'Change it'}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
