import { useMemo } from 'react';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { type PersonLine, personStatus } from './words.ts';

/** The columns of the people list. The server sorts. */
export function usePeopleColumns(): Column<PersonLine>[] {
  const now = useNow();
  return useMemo(
    () => [
      {
        id: 'name',
        heading: 'Name',
        sortable: true,
        cell: ({ id, name }) => <PlaceLink to={`/people/${id}`}>{name}</PlaceLink>,
      },
      { id: 'title', heading: 'Title', phone: 'title', cell: ({ title }) => title ?? '' },
      { id: 'department', heading: 'Department', sortable: true, width: 120, givenUp: true, cell: ({ department }) => department ?? '' },
      { id: 'location', heading: 'Location', sortable: true, width: 110, cell: ({ location }) => location ?? '' },
      {
        id: 'manager',
        heading: 'Manager',
        width: 145,
        givenUp: true,
        cell: ({ managerId, manager }) => (managerId === null ? '' : <PlaceLink to={`/people/${managerId}`}>{manager}</PlaceLink>),
      },
      {
        id: 'left',
        heading: 'Status',
        sortable: true,
        width: 190,
        phone: 'status',
        cell: (person) => {
          const { kind, word } = personStatus(person, now);
          return kind === 'working' ? <span className="gc-dimmed">{word}</span> : <StatusChip kind={kind}>{word}</StatusChip>;
        },
      },
      {
        id: 'accounts',
        heading: 'Accounts',
        numeric: true,
        width: 84,
        phone: 'count',
        cell: ({ id, name, accounts }) => (
          <Num value={accounts} to={accounts > 0 ? `/people/${id}#accounts` : undefined} of={`accounts of ${name}`} />
        ),
      },
    ],
    [now],
  );
}
