import { useMemo } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { closesWords, linesWords, runStatus } from '../design/exit-status.ts';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { useNow } from '../design/now.ts';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useSortInAddress } from '../shell/sort-in-address.ts';
import { useCallPages } from '../shell/use-call.ts';
import { placeOfRun } from './run-place.ts';

export type RunRow = OutputOf<'listRuns'>['rows'][number];

const views = [
  { key: 'all', label: 'All' },
  { key: 'open', label: 'Open' },
  { key: 'over', label: 'Over' },
] as const;

const pageSize = 100;

/** Every run, also those that are over. */
export default function RunsPage() {
  const { search, setSearch } = usePlace();
  const now = useNow();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const view = views.find(({ key }) => key === search.view)?.key ?? 'all';
  const runs = useCallPages('listRuns', { query: { status: view, limit: pageSize } }, (last) => nextOffset(last));
  const rows = useMemo(() => (runs.data?.pages ?? []).flatMap((page) => page.rows), [runs.data]);
  const total = runs.data?.pages[0]?.total ?? 0;
  const order = useSortInAddress();
  const find = search.find ?? '';
  const found = rows.filter(({ person }) => person.toLowerCase().includes(find.trim().toLowerCase()));
  const columns: Column<RunRow>[] = [
    {
      id: 'person',
      heading: 'Person',
      cell: ({ id, person }) => <PlaceLink to={`/runs/${id}`}>{person}</PlaceLink>,
      sortBy: ({ person }) => person,
    },
    {
      id: 'title',
      heading: 'Title',
      cell: ({ title, department }) => [title, department].filter(Boolean).join(', '),
      givenUp: true,
      phone: 'title',
    },
    {
      id: 'status',
      heading: 'State',
      cell: (row) => {
        const { kind, word } = runStatus(row, now);
        return <StatusChip kind={kind}>{word}</StatusChip>;
      },
      phone: 'status',
    },
    {
      id: 'cut-off',
      heading: 'Access closes',
      width: 230,
      cell: (row) => <ZonedTime instant={row.cut_off_at} place={placeOfRun(row)} />,
      sortBy: ({ cut_off_at }) => cut_off_at,
      phone: 'when',
      phoneCell: (row) => (
        <>
          {closesWords(row, now)} <ZonedTime instant={row.cut_off_at} place={placeOfRun(row)} />
        </>
      ),
    },
    {
      id: 'lines',
      heading: 'Lines',
      numeric: true,
      width: 140,
      cell: ({ lines, cut_off_at }) =>
        Date.parse(cut_off_at) > now ? `${lines.total} to close` : `${lines.settled} of ${lines.total} settled`,
      phoneCell: (row) => linesWords(row, now),
      sortBy: ({ lines }) => lines.open,
      phone: 'count',
    },
    { id: 'by', heading: 'Confirmed by', cell: ({ confirmed_by }) => confirmed_by, givenUp: true },
  ];
  return (
    <ListBody
      head={
        <>
          <PageHeader
            title="Runs"
            lede={
              total === 0
                ? 'A run is everything that happens when one person leaves: each step with its time, and the proof at its end.'
                : `${total === 1 ? 'One run' : `${total} runs`}${view === 'all' ? ', newest cut-off first' : view === 'open' ? ' going on or not proved yet' : ' over'}.`
            }
          />
          <ListViews
            list="runs"
            views={views.map((each) => ({ ...each, to: each.key === 'all' ? '/runs' : `/runs?view=${each.key}` }))}
            current={view}
          />
          <FilterBar placeholder="Name" find={find} onFind={(text) => setSearch({ find: text })} closer={closer} onCloser={setCloser} />
          {runs.error !== null && <Problem {...problemProps(runs.error)} />}
        </>
      }
    >
      {runs.error === null && (
        <DataTable
          name="runs"
          label="Runs"
          noun={['run', 'runs']}
          columns={columns}
          rows={found}
          rowKey={({ id }) => id}
          rowName={({ person }) => person}
          total={find === '' ? total : found.length}
          {...order}
          closer={closer}
          fetching={runs.isFetching}
          onNeedMore={runs.hasNextPage && !runs.isFetchingNextPage ? () => void runs.fetchNextPage() : undefined}
          empty={
            find === '' ? (
              <EmptyPage title={view === 'all' ? 'No run yet' : 'None here'} act={{ label: 'Open the leaving board', to: '/leaving' }}>
                <p>A run begins when an exit is confirmed. It stays here when it is over, with its proof.</p>
              </EmptyPage>
            ) : (
              <EmptyPage
                title={`Nobody with a run is called “${find}”`}
                act={{ label: 'Show all runs', onClick: () => setSearch({ find: '' }) }}
              />
            )
          }
        />
      )}
    </ListBody>
  );
}

const nextOffset = (last: OutputOf<'listRuns'>): Record<string, number> | null =>
  last.rows.length < pageSize ? null : { offset: pageSize };
