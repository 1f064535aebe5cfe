import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { Num } from '../design/num.tsx';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { InputOf } from '../shell/call.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useOffsetPages } from './use-offset-pages.ts';
import { counted, type Plan, planStatus, purposes, purposeWords } from './words.ts';

const pageSize = 100;

const columns: Column<Plan>[] = [
  {
    id: 'when',
    heading: 'Made',
    width: 250,
    cell: ({ id, createdAt }) => (
      <PlaceLink to={`/access-rules/plans/${id}`}>
        <ZonedTime instant={createdAt} />
      </PlaceLink>
    ),
  },
  { id: 'purpose', heading: 'What for', cell: (plan) => [purposeWords(plan), plan.reason].filter(Boolean).join(': '), phone: 'title' },
  { id: 'by', heading: 'By', cell: ({ madeBy }) => madeBy ?? 'Groundcrew', givenUp: true },
  {
    id: 'people',
    heading: 'People',
    numeric: true,
    width: 90,
    cell: ({ id, people }) => <Num value={people} to={`/access-rules/plans/${id}`} of="people on this plan" />,
    phone: 'count',
  },
  {
    id: 'lines',
    heading: 'Lines',
    numeric: true,
    width: 150,
    cell: ({ status, counts }) =>
      status === 'held' || status === 'withdrawn' ? counts.total : `${counts.settled} of ${counts.total} settled`,
  },
  {
    id: 'state',
    heading: 'State',
    width: 230,
    cell: (plan) => {
      const { kind, word } = planStatus(plan);
      return <StatusChip kind={kind}>{word}</StatusChip>;
    },
    phone: 'status',
  },
];

type PlansQuery = NonNullable<InputOf<'listPlans'>['query']>;
type Standing = NonNullable<PlansQuery['standing']>;

const standings: Record<Standing, string> = {
  held: 'Held',
  going: 'Going on',
  over: 'Done',
  undone: 'Undone',
  discarded: 'Discarded',
};

const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Every plan that was made from rules: what for, by whom, how it stands. */
export default function PlansPage() {
  const { search, setSearch } = usePlace();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const find = search.find?.trim() ?? '';
  const standing = known(standings, search.standing);
  const purpose = known(purposes, search.purpose);
  const query = { ...(find ? { find } : {}), ...(standing ? { standing } : {}), ...(purpose ? { purpose } : {}) };
  const isFiltered = Object.keys(query).length > 0;
  const plans = useOffsetPages('listPlans', query, pageSize);
  const rows = plans.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = plans.data?.pages[0]?.total ?? 0;
  const isEmpty = plans.data !== undefined && total === 0 && !isFiltered;
  return (
    <ListBody
      head={
        <>
          <PageHeader
            crumb={[
              { label: 'Access rules', to: '/access-rules' },
              { label: 'Plan', to: '/access-rules/plan' },
            ]}
            title="Plans made so far"
            lede={
              total === 0
                ? undefined
                : `${counted(total, 'plan', 'plans')}${isFiltered ? (total === 1 ? ' fits' : ' fit') : ''}${total === 1 ? '' : ', the newest first'}. What a plan changed can be undone as a whole.`
            }
          />
          {!isEmpty && (
            <>
              <ListViews list="plans" />
              <FilterBar
                placeholder="Person, reason or who made it"
                find={search.find ?? ''}
                onFind={(text) => setSearch({ find: text })}
                filters={[
                  {
                    key: 'standing',
                    label: 'State',
                    single: true,
                    options: optionsOf(standings),
                    chosen: standing ? [standing] : [],
                    onChange: ([chosen = '']) => setSearch({ standing: chosen }),
                  },
                  {
                    key: 'purpose',
                    label: 'What for',
                    single: true,
                    options: optionsOf(purposes),
                    chosen: purpose ? [purpose] : [],
                    onChange: ([chosen = '']) => setSearch({ purpose: chosen }),
                  },
                ]}
                closer={closer}
                onCloser={setCloser}
              />
            </>
          )}
          {plans.error !== null && <Problem {...problemProps(plans.error)} />}
        </>
      }
    >
      {plans.error === null && (
        <DataTable
          name="plans"
          label="Plans made so far"
          noun={['plan', 'plans']}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={({ createdAt }) => createdAt}
          total={total}
          closer={closer}
          fetching={plans.isFetching && plans.data === undefined}
          onNeedMore={plans.hasNextPage && !plans.isFetchingNextPage ? () => void plans.fetchNextPage() : undefined}
          empty={
            isFiltered ? (
              <p>No plan fits. Clear a filter to see more.</p>
            ) : (
              <EmptyPage title="No plan was applied yet." act={{ label: 'See the plan', to: '/access-rules/plan' }}>
                <p>Once you apply what the rules say, it stands here: line by line, how each was proved, and a way back.</p>
              </EmptyPage>
            )
          }
        />
      )}
    </ListBody>
  );
}

/** What the address asks for, where it is one of these. */
const known = <Key extends string>(labels: Record<Key, string>, value: string | undefined): Key | undefined =>
  (Object.keys(labels) as Key[]).find((key) => key === value);
