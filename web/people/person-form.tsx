import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { InputOf } from '../shell/call.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useCall } from '../shell/use-call.ts';
import classes from './people.module.css';
import { employmentTypes, employmentWord, type Person } from './words.ts';
import { zoneOptions } from './zone-options.ts';

export type PersonBody = InputOf<'addPerson'>['body'] & { lastWorkingDay?: string | null };

type PersonFormProps = {
  /** Who is changed; nobody where somebody is added. */
  person: Person | null;
  busy: boolean;
  error: unknown;
  actLabel: string;
  onCancel: () => void;
  onSubmit: (body: PersonBody) => void;
};

const textFields = [
  ['givenName', 'Given name'],
  ['familyName', 'Family name'],
  ['preferredName', 'Preferred name'],
  ['employeeNumber', 'Employee number'],
  ['workAddress', 'Work address'],
  ['personalAddress', 'Personal address'],
  ['title', 'Title'],
  ['costCentre', 'Cost centre'],
] as const;

type TextField = (typeof textFields)[number][0];

/** The values of a person, with what is wrong beside each field. */
export function PersonForm({ person, busy, error, actLabel, onCancel, onSubmit }: PersonFormProps) {
  const departments = useCall('listDepartments');
  const locations = useCall('listLocations');
  const [texts, setTexts] = useState<Record<TextField, string>>(
    () => Object.fromEntries(textFields.map(([field]) => [field, person?.[field] ?? ''])) as Record<TextField, string>,
  );
  const [choices, setChoices] = useState({
    employmentType: person?.employmentType ?? '',
    departmentId: person?.departmentId ?? '',
    locationId: person?.locationId ?? '',
    timeZone: person?.ownTimeZone ?? '',
    startDate: person?.startDate ?? '',
  });
  const [lastDay, setLastDay] = useState(person?.lastWorkingDay ?? '');
  const ended = person !== null && person.leftAt !== null && person.datesBy !== 'exit';
  const [manager, setManager] = useState<ChosenPerson | null>(person?.manager ?? null);
  const problems = fieldProblems(error);
  const known = Object.keys(problems).length > 0;
  const choose = (key: keyof typeof choices) => ({
    value: choices[key],
    error: problems[key],
    onChange: (event: { currentTarget: { value: string } }) => setChoices({ ...choices, [key]: event.currentTarget.value }),
  });
  const places = (data: { rows: { id: string; name: string }[] } | undefined) => [
    { value: '', label: 'Not said' },
    ...(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const submit = () => {
    const empty = (text: string) => (text.trim() === '' ? null : text.trim());
    onSubmit({
      ...Object.fromEntries(textFields.slice(1).map(([field]) => [field, empty(texts[field])])),
      ...Object.fromEntries(Object.entries(choices).map(([key, value]) => [key, empty(value)])),
      givenName: texts.givenName.trim(),
      managerId: manager?.id ?? null,
      ...(ended && lastDay !== (person.lastWorkingDay ?? '') ? { lastWorkingDay: empty(lastDay) } : {}),
    } as PersonBody);
  };
  const acts = (
    <>
      <Button type="button" onClick={onCancel}>
        Keep as it is
      </Button>
      <Button type="submit" variant="filled" loading={busy} disabled={texts.givenName.trim() === ''}>
        {actLabel}
      </Button>
    </>
  );
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={classes.pair}>
        {textFields.map(([field, label]) => (
          <TextInput
            key={field}
            label={label}
            required={field === 'givenName'}
            type={field.endsWith('Address') ? 'email' : 'text'}
            autoComplete="off"
            value={texts[field]}
            error={problems[field]}
            onChange={(event) => setTexts({ ...texts, [field]: event.currentTarget.value })}
          />
        ))}
        <NativeSelect
          label="Kind of employment"
          data={[{ value: '', label: 'Not said' }, ...employmentTypes.map((value) => ({ value, label: employmentWord(value) }))]}
          {...choose('employmentType')}
        />
        <NativeSelect label="Department" data={places(departments.data)} {...choose('departmentId')} />
        <NativeSelect label="Location" data={places(locations.data)} {...choose('locationId')} />
        <NativeSelect
          label="Time zone of their own"
          data={[{ value: '', label: 'That of the location' }, ...zoneOptions(choices.timeZone).map((value) => ({ value, label: value }))]}
          {...choose('timeZone')}
        />
        <PersonChoice
          label="Manager"
          value={manager}
          onChange={setManager}
          except={person === null ? [] : [person.id]}
          problem={problems.managerId}
        />
        <TextInput
          type="date"
          label="Start"
          description={person?.status === 'left' ? 'A day after the end begins a new employment; the old one stays as history.' : undefined}
          {...choose('startDate')}
        />
        {ended && (
          <TextInput
            type="date"
            label="Last working day"
            description="Empty: they stay."
            value={lastDay}
            error={problems.lastWorkingDay ?? problems.cutOffLocal}
            onChange={(event) => setLastDay(event.currentTarget.value)}
          />
        )}
      </div>
      {error !== null && <Problem {...(known ? { what: problemProps(error).what } : problemProps(error))} />}
      {person === null ? <div className={classes.acts}>{acts}</div> : <DialogActs>{acts}</DialogActs>}
    </form>
  );
}
