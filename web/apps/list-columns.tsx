import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { ScrollRegion } from './scroll-region.tsx';
import type { Sync } from './words.ts';

type List = NonNullable<Sync['list']>;
type Mapping = List['mapping'];
type Field = keyof Mapping;

const fieldWords: Record<Field, string> = {
  externalId: 'Id in the app',
  userName: 'User name',
  address: 'Address',
  aliases: 'Other addresses',
  displayName: 'Name',
  givenName: 'Given name',
  familyName: 'Family name',
  employeeNumber: 'Employee number',
  status: 'Status',
  enabled: 'Active, yes or no',
  blocked: 'Suspended, yes or no',
  endedAt: 'Closed on',
  isAdmin: 'Admin, yes or no',
  role: 'Role',
  lastActivityAt: 'Last activity',
  licences: 'Licences',
  groups: 'Groups',
  userType: 'Kind of account',
};

const fieldOf = (mapping: Mapping, column: number): Field | '' =>
  (Object.keys(fieldWords) as Field[]).find((field) => mapping[field]?.includes(column)) ?? '';

function withColumn(mapping: Mapping, column: number, field: Field | ''): Mapping {
  const next: Mapping = {};
  for (const [key, columns] of Object.entries(mapping) as [Field, number[]][]) {
    const rest = columns.filter((other) => other !== column);
    if (rest.length > 0) next[key] = rest;
  }
  if (field !== '') next[field] = [...(next[field] ?? []), column];
  return next;
}

/** How the columns of a list are read, to be corrected before it is taken in. */
export function ListColumns({ sync, list }: { sync: Sync; list: List }) {
  const [mapping, setMapping] = useState(list.mapping);
  const [order, setOrder] = useState(list.dateOrder ?? '');
  const remap = useAct('remapList');
  const changed = JSON.stringify(mapping) !== JSON.stringify(list.mapping) || order !== (list.dateOrder ?? '');
  const problems = Object.values(fieldProblems(remap.error)).join(' ');
  const asksOrder = (mapping.lastActivityAt !== undefined || mapping.endedAt !== undefined) && list.dateOrder === null;
  return (
    <Section
      title="How its columns are read"
      note={list.remembered ? 'As you confirmed it the last time.' : 'By their headings and values. Correct what is wrong.'}
    >
      <ScrollRegion label="Columns of the list">
        <table className={classes.columns}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Holds</th>
            </tr>
          </thead>
          <tbody>
            {list.headings.map((heading, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
              <tr key={column}>
                <th scope="row">{heading}</th>
                <td>
                  <NativeSelect
                    aria-label={`What the column ${heading} holds`}
                    size="xs"
                    data={[{ value: '', label: 'Is not used' }, ...Object.entries(fieldWords).map(([value, label]) => ({ value, label }))]}
                    value={fieldOf(mapping, column)}
                    onChange={(event) => setMapping(withColumn(mapping, column, event.currentTarget.value as Field | ''))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {asksOrder && (
        <NativeSelect
          mt="md"
          maw={360}
          label="Dates such as 04/05/2026"
          description="The file does not tell which number comes first."
          data={[
            { value: '', label: 'Not known: left open' },
            { value: 'day-first', label: 'The day comes first' },
            { value: 'month-first', label: 'The month comes first' },
          ]}
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value)}
        />
      )}
      {remap.error !== null && <Problem {...problemProps(remap.error)} todo={problems || undefined} />}
      {changed && (
        <Button
          mt="md"
          loading={remap.isPending}
          onClick={() =>
            remap.mutate({ params: { syncId: sync.id }, body: { mapping, ...(order === '' ? {} : { dateOrder: order as 'day-first' }) } })
          }
        >
          Read it like this
        </Button>
      )}
    </Section>
  );
}
