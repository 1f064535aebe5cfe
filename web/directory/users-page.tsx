import { DataTable } from '../design/data-table.tsx';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import type { PushedUser } from './words.ts';

const columns: Column<PushedUser>[] = [
  { id: 'user', heading: 'In the directory', cell: ({ userName }) => userName },
  {
    id: 'person',
    heading: 'On the people list',
    phone: 'title',
    cell: ({ person, personId }) => (personId === null ? 'Nobody' : <PlaceLink to={`/people/${personId}`}>{person}</PlaceLink>),
  },
  {
    id: 'active',
    heading: 'There',
    width: 140,
    phone: 'status',
    cell: ({ active }) => (
      <StatusChip kind={active === false ? 'away' : 'good-read'}>{active === false ? 'Not active' : 'Active'}</StatusChip>
    ),
  },
  { id: 'problem', heading: 'Not taken over', givenUp: true, cell: ({ problem }) => problem },
  { id: 'modified', heading: 'Written last', width: 200, givenUp: true, cell: ({ modifiedAt }) => <ZonedTime instant={modifiedAt} /> },
];

const limit = 200;

/** The users that a directory wrote, as it wrote them, and whose they are. */
export default function UsersPage() {
  const { params: place } = usePlace();
  const params = { directoryConnectionId: place.directoryConnectionId ?? '' };
  const directory = useCall('getDirectoryConnection', { params }).data;
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listDirectoryUsers',
    { params, query: { limit } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  return (
    <ListBody
      head={
        <PageHeader
          crumb={[
            { label: 'Directories', to: '/directory' },
            { label: directory?.name ?? 'Directory', to: `/directory/${params.directoryConnectionId}` },
          ]}
          title="Users as the directory wrote them"
        />
      }
    >
      {error !== null && <Problem {...problemProps(error)} />}
      <DataTable
        name="directory-users"
        label="Users of the directory"
        noun={['user', 'users']}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ userName }) => userName}
        total={total}
        fetching={isFetching}
        onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
        empty={<p>It has written nobody yet.</p>}
      />
    </ListBody>
  );
}
