import { lazy, Suspense, useState } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { type Filter, FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { Num } from '../design/num.tsx';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { nothingSelected, type Selection } from '../design/selection.ts';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import { ManagerDialog } from './manager-dialog.tsx';
import { usePeopleColumns } from './people-columns.tsx';
import { chosenPeople, filtersOf, queryOf, sortOf } from './people-query.ts';
import { employmentTypes, employmentWord, type PersonLine } from './words.ts';

const LeaveDialog = lazy(() => import('../leaving/leave-dialog.tsx').then((module) => ({ default: module.LeaveDialog })));

const views = [
  { key: 'now', label: 'Now and soon' },
  { key: 'left-active', label: 'Left, can still sign in' },
  { key: 'leaving', label: 'Leaving' },
  { key: 'joining', label: 'Joining' },
  { key: 'away', label: 'Away' },
  { key: 'no-manager', label: 'No manager' },
  { key: 'left', label: 'Left' },
] as const;

const groups = [
  { key: 'wrong', heading: 'Has left and can still sign in', view: 'left-active' },
  { key: 'leaving', heading: 'Leaving', view: 'leaving' },
  { key: 'joining', heading: 'Joining', view: 'joining' },
  { key: 'away', heading: 'Away', view: 'away' },
  { key: 'working', heading: 'Working', view: null },
  { key: 'left', heading: 'Left', view: null },
] as const;

const addAct = { label: 'Add a person', to: '/people/new' };
const sourcesAct = { label: 'Who tells of people', to: '/people/sources' };

const groupOf = (person: PersonLine) => (person.canStillSignIn ? 'wrong' : person.status);

/** The people, by what they need. */
export default function PeoplePage() {
  const { search, setSearch } = usePlace();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [open, setOpen] = useState<{ what: 'leave' | 'manager'; ids: string[] } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const mayImport = useMay('people:import');
  const mayManage = useMay('people:manage');
  const mayLeave = useMay('leaving:manage');
  const mayHire = useMay('joining:manage');
  const view = views.find(({ key }) => key === search.view)?.key ?? 'now';
  const query = queryOf(search, view);
  const counts = useCall('countPeople');
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listPeople',
    { query: { ...query, limit: 200 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const filters = useFilters(search, setSearch, data?.pages.flatMap((page) => page.rows) ?? []);
  const columns = usePeopleColumns();
  if (error !== null || counts.error !== null)
    return (
      <PageBody>
        <PageHeader title="People" />
        <Problem {...problemProps(error ?? counts.error)} />
      </PageBody>
    );
  if (counts.data?.all === 0) return <NoPeople mayImport={mayImport} mayManage={mayManage} />;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  const narrowed = filtersOf(search).length > 0;
  const sort = sortOf(search);
  const act = (what: 'leave' | 'manager') =>
    void chosenPeople(selection, query, total).then(
      (ids) => setOpen({ what, ids }),
      (problem: unknown) => setFailed(problem),
    );
  const close = () => setOpen(null);
  const done = () => setSelection(nothingSelected);
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              title="People"
              lede={counts.data === undefined ? undefined : <Lede counts={counts.data} />}
              acts={[
                ...(mayHire ? [{ label: 'Hire', to: '/joining?hire=new' }] : []),
                ...(mayImport ? [{ label: 'Import a list', to: '/people/imports' }] : []),
                ...(mayManage && !mayHire ? [addAct] : []),
              ]}
              more={mayManage ? <MoreMenu items={[...(mayHire ? [addAct] : []), sourcesAct]} /> : undefined}
            />
            <ListViews
              list="people"
              current={view}
              views={views.map(({ key, label }) => ({
                key,
                label,
                count: counts.data?.[key] ?? null,
                to: key === 'now' ? '/people' : `/people?view=${key}`,
              }))}
            />
            <FilterBar
              placeholder="Name, title, address or number"
              find={search.find ?? ''}
              onFind={(find) => setSearch({ find })}
              filters={filters}
              closer={closer}
              onCloser={setCloser}
            />
            {failed !== null && <Problem {...problemProps(failed)} />}
          </>
        }
      >
        <DataTable
          name={`people ${view}`}
          label="People"
          noun={['person', 'people']}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          total={total}
          groups={sort === undefined ? groups.map((group) => ({ ...group, count: countOf(group.view, narrowed, counts.data) })) : undefined}
          groupOf={sort === undefined ? groupOf : undefined}
          sort={sort}
          onSort={({ column, descending }) => setSearch({ sort: column, descending: descending ? 'true' : '' })}
          selection={mayLeave || mayManage ? selection : undefined}
          onSelect={mayLeave || mayManage ? setSelection : undefined}
          bulk={[
            ...(mayLeave ? [{ label: 'Let leave…', onClick: () => act('leave') }] : []),
            ...(mayManage ? [{ label: 'Change manager…', onClick: () => act('manager') }] : []),
          ]}
          closer={closer}
          fetching={isFetching}
          onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
          empty={
            <p>
              {search.find
                ? `Nobody here is found by “${search.find}”.`
                : narrowed
                  ? 'Nobody fits. Clear a filter to see more.'
                  : 'Nobody.'}
            </p>
          }
        />
      </ListBody>
      {open?.what === 'manager' && <ManagerDialog personIds={open.ids} onClose={close} onDone={done} />}
      {open?.what === 'leave' && (
        <Suspense>
          <LeaveDialog personIds={open.ids} opened onClose={close} />
        </Suspense>
      )}
    </>
  );
}

type Counts = Record<string, number | undefined>;

function countOf(view: string | null, narrowed: boolean, counts: Counts | undefined): number | undefined {
  return view === null || narrowed ? undefined : counts?.[view];
}

function Lede({ counts }: { counts: Counts }) {
  const open = counts['left-active'] ?? 0;
  return (
    <>
      <Num value={counts.here ?? 0} to="/people" of="people" /> {counts.here === 1 ? 'works' : 'work'} here.{' '}
      {open > 0 ? (
        <>
          <Num value={open} to="/people?view=left-active" of="people who left" /> {open === 1 ? 'has' : 'have'} left and can still sign in.
        </>
      ) : (
        'Nobody who has left can still sign in, as far as your apps have been read.'
      )}
    </>
  );
}

function NoPeople({ mayImport, mayManage }: { mayImport: boolean; mayManage: boolean }) {
  return (
    <PageBody>
      <PageHeader title="People" />
      <EmptyPage
        title="Nobody is here yet."
        act={mayImport ? { label: 'Import a people list', to: '/people/imports' } : undefined}
        other={mayManage ? addAct : undefined}
      >
        <p>
          Give us the list of people that your payroll or HR system exports. With the user list of one app beside it you see in a minute who
          has left and still has an account.
        </p>
      </EmptyPage>
    </PageBody>
  );
}

function useFilters(search: Record<string, string>, setSearch: (change: Record<string, string>) => void, rows: PersonLine[]): Filter[] {
  const departments = useCall('listDepartments');
  const locations = useCall('listLocations');
  const mayApps = useMay('apps:read');
  const apps = useCall('listApps', { query: { limit: 200 } }, { enabled: mayApps });
  const managers = new Map(rows.flatMap(({ managerId, manager }) => (managerId === null ? [] : [[managerId, manager ?? ''] as const])));
  const filter = (key: string, label: string, options: Filter['options'], other = 'no longer there'): Filter => ({
    key,
    label,
    // A kept view may name what is gone.
    words: options.some(({ value }) => value === search[key]) ? undefined : options.length === 0 ? '…' : other,
    options,
    single: true,
    chosen: search[key] ? [search[key]] : [],
    onChange: ([value]) => setSearch({ [key]: value ?? '' }),
  });
  const places = (data: { rows: { id: string; name: string; people: number }[] } | undefined) =>
    (data?.rows ?? []).map(({ id, name, people }) => ({ value: id, label: name, count: people }));
  return [
    filter('department', 'Department', places(departments.data)),
    filter('location', 'Location', places(locations.data)),
    filter(
      'employment',
      'Employment',
      employmentTypes.map((type) => ({ value: type, label: employmentWord(type) })),
    ),
    filter(
      'manager',
      'Manager',
      [...managers].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label)),
      'one person',
    ),
    ...(mayApps
      ? [
          filter(
            'app',
            'Has app',
            (apps.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ),
        ]
      : []),
  ];
}
