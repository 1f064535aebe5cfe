import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { Num } from '../design/num.tsx';
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
import { type App, counted, writerWords } from './words.ts';

const groups = [
  { key: 'left', heading: 'Somebody has left and can still sign in' },
  { key: 'decide', heading: 'Accounts of nobody we know' },
  { key: 'unread', heading: 'Not read for a week, or never' },
  { key: 'fine', heading: 'Nothing to do' },
];

const groupOf = (app: App): string => (app.zombies > 0 ? 'left' : app.orphans + app.unknown > 0 ? 'decide' : app.stale ? 'unread' : 'fine');

const columns: Column<App>[] = [
  {
    id: 'name',
    heading: 'App',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: (app) => <PlaceLink to={`/apps/${app.id}`}>{app.name}</PlaceLink>,
  },
  {
    id: 'capability',
    heading: 'What for',
    sortBy: ({ capability }) => capability,
    cell: ({ capability }) => capability ?? '',
    givenUp: true,
    phone: 'title',
  },
  {
    id: 'accounts',
    heading: 'Accounts',
    width: 100,
    numeric: true,
    phone: 'count',
    sortBy: ({ accounts }) => accounts,
    cell: (app) =>
      app.reading === null ? (
        <Num value={null} />
      ) : (
        <Num value={app.accounts} to={`/apps/${app.id}/accounts`} of={`accounts in ${app.name}`} />
      ),
  },
  { id: 'needs', heading: 'Needs', width: 240, phone: 'status', cell: (app) => <Needs app={app} /> },
  {
    id: 'owner',
    heading: 'Owner',
    sortBy: ({ owner }) => owner,
    cell: (app) =>
      app.owner === null ? (
        <StatusChip kind="unknown">Nobody</StatusChip>
      ) : app.ownerHasLeft ? (
        <StatusChip kind="wrong">{app.owner} has left</StatusChip>
      ) : (
        app.owner
      ),
  },
  { id: 'writer', heading: 'Who changes it', givenUp: true, sortBy: writerWords, cell: writerWords },
  {
    id: 'read',
    heading: 'Read',
    width: 226,
    sortBy: ({ reading }) => reading?.asOf,
    cell: ({ reading, stale }) =>
      reading === null ? (
        <StatusChip kind="unknown">Never</StatusChip>
      ) : stale ? (
        <StatusChip kind="unknown">
          <ZonedTime instant={reading.asOf} />
        </StatusChip>
      ) : (
        <ZonedTime instant={reading.asOf} />
      ),
  },
];

function Needs({ app }: { app: App }) {
  if (app.zombies > 0)
    return <StatusChip kind="wrong">{counted(app.zombies, 'account of somebody who left', 'accounts of people who left')}</StatusChip>;
  if (app.unknown > 0) return <StatusChip kind="unknown">{counted(app.unknown, 'account not known', 'accounts not known')}</StatusChip>;
  if (app.orphans > 0) return <StatusChip kind="waiting">{counted(app.orphans, 'account of nobody', 'accounts of nobody')}</StatusChip>;
  if (app.unownedServices > 0)
    return <StatusChip kind="waiting">{counted(app.unownedServices, 'service without owner', 'services without owner')}</StatusChip>;
  return null;
}

/** The apps, by what they need. */
export default function AppsPage() {
  const { search, setSearch } = usePlace();
  const order = useSortInAddress();
  const find = search.find ?? '';
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const mayAdd = useMay('apps:manage');
  const seesFinding = useMay('finding:read');
  const words = find.trim();
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listApps',
    { query: { limit: 200, ...(words === '' ? {} : { search: words }) } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  if (error !== null)
    return (
      <PageBody>
        <PageHeader title="Apps" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  if (data !== undefined && total === 0 && words === '') {
    return (
      <PageBody>
        <PageHeader title="Apps" />
        <EmptyPage
          title="No app is here yet."
          act={mayAdd ? { label: 'Give a list of an app’s users', to: '/apps/new' } : undefined}
          other={mayAdd ? { label: 'Connect an app', to: '/connections/new' } : undefined}
        >
          <p>
            Give us a list of the users of one app and see in a minute who has left and still has an account. No password of that app is
            needed for it.
          </p>
        </EmptyPage>
      </PageBody>
    );
  }
  const zombies = rows.reduce((sum, app) => sum + app.zombies, 0);
  const unread = rows.filter(({ reading }) => reading === null).length;
  return (
    <ListBody
      head={
        <>
          <PageHeader
            title="Apps"
            lede={
              data === undefined ? undefined : (
                <>
                  {counted(total, 'app', 'apps')}.{' '}
                  <Num value={zombies} to={seesFinding ? '/finding' : undefined} of="accounts of people who have left" />{' '}
                  {zombies === 1 ? 'account belongs' : 'accounts belong'} to people who have left.
                  {unread > 0 && ` ${counted(unread, 'app has', 'apps have')} never been read.`}
                </>
              )
            }
            acts={
              mayAdd
                ? [
                    { label: 'Add an app…', to: '/apps/new', filled: true },
                    { label: 'Connect an app…', to: '/connections/new' },
                  ]
                : []
            }
          />
          <ListViews list="apps" />
          <FilterBar
            placeholder="Name or what it is for"
            find={find}
            onFind={(text) => setSearch({ find: text })}
            closer={closer}
            onCloser={setCloser}
          />
        </>
      }
    >
      <DataTable
        name="apps"
        label="Apps"
        noun={['app', 'apps']}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        total={total}
        groups={groups}
        groupOf={groupOf}
        {...order}
        closer={closer}
        fetching={isFetching}
        onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
        empty={<p>No app is called “{words}”.</p>}
      />
    </ListBody>
  );
}
