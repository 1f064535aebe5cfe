import { useMemo } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { closesWords, linesWords, runStatus } from '../design/exit-status.ts';
import { FilterBar } from '../design/filter-bar.tsx';
import { zoneCity } from '../design/format-in-zones.ts';
import { useKeptChoice } from '../design/kept-choice.ts';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useSortInAddress } from '../shell/sort-in-address.ts';
import { useCall } from '../shell/use-call.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { byNeed, type LeavingRow, leavingGroup, leavingGroups, leavingTitle } from './leaving-groups.ts';

/** Who leaves, who has left with something open, whose proof waits, who is done. */
export default function LeavingPage() {
  const { search, setSearch } = usePlace();
  const now = useNow();
  const mayManage = useMay('leaving:manage');
  const find = search.find ?? '';
  const setFind = (text: string) => setSearch({ find: text });
  const order = useSortInAddress();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const { data, error, isFetching } = useCall('listRuns', { query: { status: 'all', limit: 200 } }, { everySeconds: 20 });
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => leavingGroup(row, now) !== null).sort(byNeed(now)), [data, now]);
  const title = data === undefined ? 'Leaving' : leavingTitle(rows, now);
  useTitle(title.replace(/\.$/, ''));
  const found = rows.filter(({ person }) => person.toLowerCase().includes(find.trim().toLowerCase()));
  const leave = (search.leave ?? '').split(',').filter(Boolean);
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              title={title}
              lede={data === undefined || rows.length === 0 ? undefined : <Whole rows={rows} now={now} total={data.total} />}
              acts={mayManage && rows.length > 0 ? [{ label: 'Choose who leaves', to: '/people' }] : []}
            />
            {rows.length > 0 && (
              <>
                <ListViews list="leaving" passing={['leave']} />
                <FilterBar placeholder="Name" find={find} onFind={setFind} closer={closer} onCloser={setCloser} />
              </>
            )}
            {error !== null && <Problem {...problemProps(error)} />}
          </>
        }
      >
        {error === null && (
          <DataTable
            name="leaving"
            label="People who leave"
            noun={['person', 'people']}
            columns={columnsAt(now)}
            rows={found}
            rowKey={({ id }) => id}
            rowName={({ person }) => person}
            groups={leavingGroups}
            groupOf={(row) => leavingGroup(row, now) ?? 'closed'}
            {...order}
            closer={closer}
            fetching={isFetching && data === undefined}
            empty={
              find === '' ? (
                <Empty mayManage={mayManage} />
              ) : (
                <EmptyPage title={`Nobody who leaves is called “${find}”`} act={{ label: 'Show all', onClick: () => setFind('') }} />
              )
            }
          />
        )}
      </ListBody>
      {mayManage && leave.length > 0 && <LeaveDialog personIds={leave} opened onClose={() => setSearch({ leave: '' })} />}
    </>
  );
}

function Whole({ rows, now, total }: { rows: LeavingRow[]; now: number; total: number }) {
  const next = rows.filter(({ cut_off_at }) => Date.parse(cut_off_at) > now).sort((a, b) => a.cut_off_at.localeCompare(b.cut_off_at))[0];
  const wrong = rows.reduce((sum, { lines }) => sum + lines.wrong, 0);
  return (
    <>
      {next !== undefined && (
        <>
          The next access closes on <ZonedTime instant={next.cut_off_at} place={placeOf(next)} strong />.{' '}
        </>
      )}
      {wrong === 0 ? 'Every app has obeyed. ' : `${numberWord(wrong)} ${wrong === 1 ? 'app has' : 'apps have'} not obeyed. `}
      <Num value={total} to="/runs" of="runs" /> {total === 1 ? 'run' : 'runs'} in all.
    </>
  );
}

const placeOf = ({ zone, place }: LeavingRow) => ({ zone, name: place ?? zoneCity(zone) });

const columnsAt = (now: number): Column<LeavingRow>[] => [
  { id: 'person', heading: 'Person', cell: ({ id, person }) => <PlaceLink to={`/runs/${id}`}>{person}</PlaceLink> },
  {
    id: 'title',
    heading: 'Title',
    cell: ({ title, department }) => [title, department].filter(Boolean).join(', '),
    givenUp: true,
    phone: 'title',
  },
  {
    id: 'state',
    heading: 'State',
    cell: (row) => {
      const { kind, word } = stateOf(row, now);
      return <StatusChip kind={kind}>{word}</StatusChip>;
    },
    phone: 'status',
    phoneCell: (row) => {
      const { kind, word } = runStatus(row, now);
      return <StatusChip kind={kind}>{word}</StatusChip>;
    },
  },
  {
    id: 'cut-off',
    heading: 'Access closes',
    cell: (row) => <ZonedTime instant={row.cut_off_at} place={placeOf(row)} />,
    phone: 'when',
    phoneCell: (row) => (
      <>
        {closesWords(row, now)} <ZonedTime instant={row.cut_off_at} place={placeOf(row)} />
        {isUntold(row, now) && '; they do not know yet'}
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
    phone: 'count',
    phoneCell: (row) => linesWords(row, now),
  },
];

function stateOf(row: LeavingRow, now: number): { kind: StatusKind; word: string } {
  const { kind, word } = runStatus(row, now);
  return { kind, word: isUntold(row, now) ? `${word}; they do not know yet` : word };
}

const isUntold = (row: LeavingRow, now: number) => leavingGroup(row, now) === 'leaving' && Date.parse(row.told_at) > now;

function Empty({ mayManage }: { mayManage: boolean }) {
  return (
    <EmptyPage
      title="Whoever leaves will stand here"
      act={mayManage ? { label: 'Choose who leaves', to: '/people' } : undefined}
      other={mayManage ? { label: 'Import a people list', to: '/people/imports' } : undefined}
    >
      <p>
        You see the moment their access closes, what is still open after it, and whose proof waits for a signature. Open a person and choose
        “Let leave…”: you see what happens before anything does.
      </p>
    </EmptyPage>
  );
}
