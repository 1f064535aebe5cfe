import { useMemo, useState } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { formatSpan, zoneCity } from '../design/format-in-zones.ts';
import { useKeptChoice } from '../design/kept-choice.ts';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { byNeed, type LeavingRow, leavingGroup, leavingGroups, leavingTitle } from './leaving-groups.ts';

/** Who leaves, who has left with something open, whose proof waits, who is done. */
export default function LeavingPage() {
  const { search, setSearch } = usePlace();
  const now = useNow();
  const mayManage = useMay('leaving:manage');
  const [find, setFind] = useState('');
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
            {rows.length > 0 && <FilterBar placeholder="Name" find={find} onFind={setFind} closer={closer} onCloser={setCloser} />}
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
      {wrong === 0 ? 'Every app has obeyed. ' : `${wrong === 1 ? 'One app has' : `${wrong} apps have`} not obeyed. `}
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
  },
  { id: 'cut-off', heading: 'Access closes', cell: (row) => <ZonedTime instant={row.cut_off_at} place={placeOf(row)} alone /> },
  {
    id: 'lines',
    heading: 'Lines',
    numeric: true,
    width: 140,
    cell: ({ lines, cut_off_at }) =>
      Date.parse(cut_off_at) > now ? `${lines.total} to close` : `${lines.settled} of ${lines.total} settled`,
    phone: 'count',
  },
];

function stateOf(row: LeavingRow, now: number): { kind: StatusKind; word: string } {
  const { lines } = row;
  switch (leavingGroup(row, now)) {
    case 'leaving': {
      const secret = Date.parse(row.told_at) > now ? ', does not know yet' : '';
      return {
        kind: row.status === 'paused' ? 'away' : 'waiting',
        word: `In ${formatSpan(Date.parse(row.cut_off_at) - now)}${row.status === 'paused' ? ', run paused' : secret}`,
      };
    }
    case 'open':
      if (lines.wrong > 0) return { kind: 'wrong', word: lines.wrong === 1 ? 'One app did not obey' : `${lines.wrong} apps did not obey` };
      if (row.attempted_at === null) return { kind: 'waiting', word: 'Access is being closed' };
      return { kind: 'waiting', word: `${lines.open === 1 ? 'One line is' : `${lines.open} lines are`} open` };
    case 'sign':
      return { kind: 'waiting', word: row.reopened_at === null ? 'Every line is settled' : 'Open again' };
    default:
      if (row.status === 'rescinded') return { kind: 'decided', word: 'Stays after all' };
      if (row.status === 'cancelled') return { kind: 'planned', word: 'Called off' };
      return { kind: 'good-vouched', word: 'Proved' };
  }
}

function Empty({ mayManage }: { mayManage: boolean }) {
  return (
    <EmptyPage
      title="Whoever leaves will stand here"
      act={mayManage ? { label: 'Choose who leaves', to: '/people' } : undefined}
      other={mayManage ? { label: 'Import a people list', to: '/people/imports' } : undefined}
    >
      <p>
        You see the moment their access closes, what is still open after it, and whose proof waits for a signature. Open a person and choose
        “Let them leave”: you see what happens before anything does.
      </p>
    </EmptyPage>
  );
}
