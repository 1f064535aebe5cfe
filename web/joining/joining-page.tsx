import { useMemo } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { useKeptChoice } from '../design/kept-choice.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { ListViews } from '../shell/list-views.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useSortInAddress } from '../shell/sort-in-address.ts';
import { useCall } from '../shell/use-call.ts';
import { HireDialog } from './hire-dialog.tsx';
import { joiningColumns } from './joining-columns.tsx';
import { bySoonest, type JoiningRow, joiningGroup, joiningGroups, joiningTitle } from './joining-groups.ts';
import { placeOfJoiner } from './place-of-joiner.ts';

/** Who starts when, how ready they are, and what the first morning said. */
export default function JoiningPage() {
  const { search, setSearch } = usePlace();
  const now = useNow();
  const mayManage = useMay('joining:manage');
  const find = search.find ?? '';
  const setFind = (text: string) => setSearch({ find: text });
  const order = useSortInAddress();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const { data, error, isFetching } = useCall('listJoining', { query: { status: 'all' } }, { everySeconds: 20 });
  const listed = useCall('listPeople', { query: { status: 'joining', limit: 200 } }, { enabled: useMay('people:read') });
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => joiningGroup(row, now) !== null).sort(bySoonest(now)), [data, now]);
  const title = data === undefined || rows.length === 0 ? 'Joining' : joiningTitle(rows, now);
  useTitle(title.replace(/\.$/, ''));
  const found = rows.filter(({ person }) => person.toLowerCase().includes(find.trim().toLowerCase()));
  const hire = search.hire ?? '';
  const hireAct = { label: 'Hire somebody', onClick: () => setSearch({ hire: 'new' }) };
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              title={title}
              lede={
                <>
                  {rows.length > 0 && <Whole rows={rows} now={now} />}{' '}
                  <Unprepared waiting={unprepared(listed.data?.rows ?? [], data?.rows)} />
                </>
              }
              acts={mayManage && rows.length > 0 ? [{ ...hireAct, filled: true }] : []}
              more={
                <MoreMenu
                  items={[
                    { label: 'What hires waited for', to: '/joining/report' },
                    ...(mayManage ? [{ label: 'Milestones', to: '/joining/milestones' }] : []),
                  ]}
                />
              }
            />
            {rows.length > 0 && (
              <>
                <ListViews list="joining" passing={['hire']} />
                <FilterBar placeholder="Name" find={find} onFind={setFind} closer={closer} onCloser={setCloser} />
              </>
            )}
            {error !== null && <Problem {...problemProps(error)} />}
          </>
        }
      >
        {error === null && (
          <DataTable
            name="joining"
            label="People who join"
            noun={['person', 'people']}
            columns={joiningColumns(now)}
            rows={found}
            rowKey={({ id }) => id}
            rowName={({ person }) => person}
            groups={joiningGroups}
            groupOf={(row) => joiningGroup(row, now) ?? 'started'}
            {...order}
            closer={closer}
            fetching={isFetching && data === undefined}
            empty={
              find === '' ? (
                <Empty act={mayManage ? hireAct : undefined} />
              ) : (
                <EmptyPage title={`Nobody who joins is called “${find}”`} act={{ label: 'Show all', onClick: () => setFind('') }} />
              )
            }
          />
        )}
      </ListBody>
      {mayManage && hire !== '' && (
        <HireDialog opened personId={hire === 'new' ? undefined : hire} onClose={() => setSearch({ hire: '' })} />
      )}
    </>
  );
}

function Whole({ rows, now }: { rows: JoiningRow[]; now: number }) {
  const next = rows.filter((row) => ['week', 'later'].includes(joiningGroup(row, now) ?? ''))[0];
  const started = rows.filter((row) => joiningGroup(row, now) === 'started');
  const lost = Math.round(started.reduce((sum, { lostDays }) => sum + lostDays, 0) * 10) / 10;
  return (
    <>
      {next !== undefined && (
        <>
          The next is {next.person}, on <ZonedTime instant={next.startsAt} place={placeOfJoiner(next)} strong />.{' '}
        </>
      )}
      {started.length > 0 &&
        (lost === 0 ? (
          started.every(({ firstMorning }) => firstMorning === 'everything') && 'Everybody who started had everything.'
        ) : (
          <>
            Those who started lost <Num value={lost} to="/joining/report" of="days lost" /> {lost === 1 ? 'working day' : 'working days'}{' '}
            waiting for something.
          </>
        ))}
    </>
  );
}

type Listed = OutputOf<'listPeople'>['rows'][number];

/** Who has a first day on the list of people, and no hire. */
const unprepared = (listed: Listed[], hires: JoiningRow[] | undefined): Listed[] =>
  hires === undefined ? [] : listed.filter(({ id }) => !hires.some(({ personId, status }) => personId === id && status !== 'done'));

function Unprepared({ waiting }: { waiting: Listed[] }) {
  const now = useNow();
  const mayManage = useMay('joining:manage');
  if (waiting.length === 0) return null;
  return (
    <>
      For {waiting.length === 1 ? 'one person' : `${numberWord(waiting.length).toLowerCase()} people`} with a first day on the list of
      people nothing is prepared:{' '}
      {waiting.slice(0, 5).map(({ id, name, startDate }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <PlaceLink to={mayManage ? `/joining?hire=${id}` : `/people/${id}`}>{name}</PlaceLink>
          {startDate !== null && ` (${formatDay(startDate, { now })})`}
        </span>
      ))}
      {waiting.length > 5 && (
        <>
          {' '}
          and <Num value={waiting.length - 5} to="/people?view=joining" of="more people who join" /> more
        </>
      )}
      .
    </>
  );
}

function Empty({ act }: { act?: { label: string; onClick: () => void } }) {
  return (
    <EmptyPage
      title="Whoever starts will stand here"
      act={act}
      other={act === undefined ? undefined : { label: 'Set milestones', to: '/joining/milestones' }}
    >
      <p>
        Name, personal address, first day, and whose role it is like: that is enough. You see what they get and why, each step in time, and
        days before the first morning whether they are ready, or what is missing, why, and who can mend it.
      </p>
    </EmptyPage>
  );
}
