import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useSortInAddress } from '../shell/sort-in-address.ts';
import { useCallPages } from '../shell/use-call.ts';
import { type Connection, connectionStatus, rhythmWords } from './words.ts';

const columns: Column<Connection>[] = [
  {
    id: 'app',
    heading: 'App',
    sortBy: ({ app }) => app.toLowerCase(),
    cell: (row) => <PlaceLink to={`/connections/${row.id}`}>{row.app}</PlaceLink>,
  },
  {
    id: 'status',
    heading: 'How it fares',
    width: 170,
    phone: 'status',
    cell: (row) => <StatusChip kind={connectionStatus(row).kind}>{connectionStatus(row).word}</StatusChip>,
  },
  {
    id: 'problem',
    heading: 'Why',
    phone: 'title',
    cell: (row) => row.lastProblem ?? (row.lastSync?.status === 'held' ? row.lastSync.heldReasons[0] : ''),
  },
  {
    id: 'kind',
    heading: 'Speaks',
    width: 110,
    givenUp: true,
    sortBy: ({ connectorName }) => connectorName.toLowerCase(),
    cell: ({ connectorName }) => connectorName,
  },
  {
    id: 'rhythm',
    heading: 'Is read',
    width: 190,
    givenUp: true,
    sortBy: ({ syncEveryMinutes }) => syncEveryMinutes,
    cell: (row) => rhythmWords(row.syncEveryMinutes),
  },
  {
    id: 'ok',
    heading: 'Worked last',
    width: 220,
    sortBy: ({ lastOkAt }) => lastOkAt,
    cell: ({ lastOkAt }) => (lastOkAt === null ? 'Never' : <ZonedTime instant={lastOkAt} />),
  },
];

const groups = [
  { key: 'failing', heading: 'Fails' },
  { key: 'held', heading: 'Held for you' },
  { key: 'new', heading: 'Not used yet' },
  { key: 'paused', heading: 'Paused' },
  { key: 'healthy', heading: 'Works' },
];

const groupOf = (row: Connection): string =>
  row.status !== 'paused' && row.status !== 'failing' && row.lastSync?.status === 'held' ? 'held' : row.status;

/** The connections, those that fail first. */
export default function ConnectionsPage() {
  const mayManage = useMay('connections:manage');
  const order = useSortInAddress();
  const { search, setSearch } = usePlace();
  const find = search.find ?? '';
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listConnections',
    { query: { limit: 200 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  const maySeeDirectories = useMay('directory:read');
  const act = [
    ...(mayManage ? [{ label: 'Connect an app…', to: '/connections/new', filled: true }] : []),
    ...(maySeeDirectories ? [{ label: 'Directories that push', to: '/directory' }] : []),
  ];
  if (error !== null || (data !== undefined && total === 0)) {
    return (
      <PageBody>
        <PageHeader title="Connections" acts={act.filter(({ filled }) => !filled)} />
        {error !== null ? (
          <Problem {...problemProps(error)} />
        ) : (
          <EmptyPage
            title="No app is connected yet."
            act={mayManage ? { label: 'Connect an app', to: '/connections/new' } : undefined}
            other={{ label: 'Give a list instead', to: '/apps/new' }}
          >
            <p>
              Over a connection Groundcrew reads who has an account by itself, suspends it when somebody leaves, and reads it back to see
              whether it worked.
            </p>
          </EmptyPage>
        )}
      </PageBody>
    );
  }
  const words = find.trim().toLowerCase();
  const found = rows.filter(({ app, lastProblem }) => `${app} ${lastProblem ?? ''}`.toLowerCase().includes(words));
  const failing = rows.filter(({ status }) => status === 'failing').length;
  return (
    <ListBody
      head={
        <>
          <PageHeader
            title="Connections"
            lede={
              data === undefined
                ? undefined
                : failing === 0
                  ? `All ${total} work.`
                  : `${failing} of ${total} ${failing === 1 ? 'fails' : 'fail'}. What is known of their apps grows old.`
            }
            acts={act}
          />
          <ListViews list="connections" />
          <FilterBar
            placeholder="App or what fails"
            find={find}
            onFind={(text) => setSearch({ find: text })}
            closer={closer}
            onCloser={setCloser}
          />
        </>
      }
    >
      <DataTable
        name="connections"
        label="Connections"
        noun={['connection', 'connections']}
        columns={columns}
        rows={found}
        rowKey={({ id }) => id}
        rowName={({ app }) => app}
        total={find === '' ? total : found.length}
        groups={groups}
        groupOf={groupOf}
        {...order}
        closer={closer}
        fetching={isFetching}
        onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
        empty={<p>No connection fits “{find}”.</p>}
      />
    </ListBody>
  );
}
