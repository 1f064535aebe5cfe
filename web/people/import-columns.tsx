import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './people.module.css';
import type { PeopleImport } from './words.ts';
import { zoneOptions } from './zone-options.ts';

const fieldWords: Record<string, string> = {
  fullName: 'Whole name',
  givenName: 'Given name',
  familyName: 'Family name',
  preferredName: 'Preferred name',
  employeeNumber: 'Employee number',
  workAddress: 'Work address',
  personalAddress: 'Personal address',
  aliases: 'Other addresses',
  title: 'Title',
  employmentType: 'Kind of employment',
  department: 'Department',
  location: 'Location',
  timeZone: 'Time zone',
  country: 'Country',
  managerAddress: 'Manager, by address',
  managerNumber: 'Manager, by employee number',
  managerName: 'Manager, by name',
  costCentre: 'Cost centre',
  startDate: 'Start',
  lastWorkingDay: 'Last working day',
  accessCutOff: 'Access cut-off',
  legalEnd: 'Legal end',
  leaveFrom: 'Leave from',
  leaveUntil: 'Leave until',
  status: 'Status in words',
};

export const columnWords = fieldWords;

const sure = 0.7;

type Column = PeopleImport['columns'][number];

/** How the columns of a list are read, to be corrected before it is taken in. */
export function ImportColumns({ list }: { list: PeopleImport }) {
  const [mapping, setMapping] = useState<Record<string, number>>(list.mapping);
  const [zone, setZone] = useState(list.defaultTimeZone);
  const [all, setAll] = useState(false);
  const change = useAct('changePeopleImport');
  const fieldOf = (column: number) => Object.keys(mapping).find((field) => mapping[field] === column) ?? '';
  const set = (column: number, field: string) => {
    const next = Object.fromEntries(Object.entries(mapping).filter(([other, at]) => at !== column && other !== field));
    setMapping(field === '' ? next : { ...next, [field]: column });
  };
  const changed = JSON.stringify(mapping) !== JSON.stringify(list.mapping) || zone !== list.defaultTimeZone;
  const send = (body: Parameters<typeof change.mutate>[0]['body']) => change.mutate({ params: { importId: list.id }, body });
  const problems = Object.values(fieldProblems(change.error)).join(' ');
  const doubtful = ({ confidence, field }: Column) => field === null || (confidence ?? 1) < sure;
  const columns = list.columns.map((column, index) => ({ ...column, index })).filter((column) => all || doubtful(column));
  const unsure = list.columns.filter((column) => column.field !== null && doubtful(column)).length;
  return (
    <Section title="How its columns are read" note={noteOf(list, unsure)}>
      {list.asksDateOrder && (
        <div className={classes.part}>
          <ChoiceCards
            legend="Dates such as 04/05/2026: which number comes first?"
            value={list.dateOrder === 'day-first' || list.dateOrder === 'month-first' ? list.dateOrder : null}
            onChange={(dateOrder) => send({ dateOrder })}
            choices={[
              { value: 'day-first', label: 'The day', detail: '04/05/2026 is 4 May' },
              { value: 'month-first', label: 'The month', detail: '04/05/2026 is 5 April' },
            ]}
          />
        </div>
      )}
      {list.sheets.length > 1 && (
        <NativeSelect
          mt="md"
          maw={360}
          label="Sheet of the workbook"
          data={list.sheets}
          value={list.sheet ?? ''}
          onChange={(event) => send({ sheet: event.currentTarget.value })}
        />
      )}
      {columns.length > 0 && (
        <table className={`${classes.columns} ${classes.part}`}>
          <caption className="gc-unseen">Columns of the list and what each holds</caption>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Holds</th>
              <th scope="col">For example</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ heading, samples, why, confidence, field, index: column }) => (
              <tr key={column}>
                <th scope="row">{heading}</th>
                <td>
                  <NativeSelect
                    aria-label={`What the column ${heading} holds`}
                    size="xs"
                    data={[{ value: '', label: 'Is not used' }, ...Object.entries(fieldWords).map(([value, label]) => ({ value, label }))]}
                    value={fieldOf(column)}
                    onChange={(event) => set(column, event.currentTarget.value)}
                  />
                </td>
                <td className={classes.samples}>{samples.join(', ')}</td>
                <td>
                  {field !== null && (confidence ?? 1) < sure ? (
                    <StatusChip kind="unknown" small>
                      {why ?? 'Not certain'}
                    </StatusChip>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button mt="md" size="xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show only what is not certain' : `Show all ${list.columns.length} columns`}
      </Button>
      <NativeSelect
        mt="md"
        maw={360}
        label="Time zone of people whose own is not known"
        data={zoneOptions(zone)}
        value={zone}
        onChange={(event) => setZone(event.currentTarget.value)}
      />
      {change.error !== null && <Problem {...problemProps(change.error)} todo={problems || undefined} />}
      {changed && (
        <Button mt="md" loading={change.isPending} onClick={() => send({ mapping: mapping as never, defaultTimeZone: zone })}>
          Read it like this
        </Button>
      )}
    </Section>
  );
}

function noteOf({ columns }: PeopleImport, unsure: number): string {
  const unused = columns.filter(({ field }) => field === null).length;
  const read = columns.length - unused;
  const parts = [`${read} of ${columns.length} ${columns.length === 1 ? 'column was' : 'columns were'} recognised by heading and values.`];
  if (unsure > 0) parts.push(unsure === 1 ? 'One of them is not certain: look at it.' : `${unsure} of them are not certain: look at them.`);
  if (unused > 0) parts.push(unused === 1 ? 'One is not used.' : `${unused} are not used.`);
  return parts.join(' ');
}
