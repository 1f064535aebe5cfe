import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useOffsetPages } from './use-offset-pages.ts';
import { counted, type Plan, planStatus, purposeWords } from './words.ts';

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

/** Every plan that was made from rules: what for, by whom, how it stands. */
export default function PlansPage() {
  const plans = useOffsetPages('listPlans', {}, pageSize);
  const rows = plans.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = plans.data?.pages[0]?.total ?? 0;
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
              plans.data === undefined
                ? undefined
                : total === 0
                  ? undefined
                  : `${counted(total, 'plan', 'plans')}${total === 1 ? '' : ', the newest first'}. What a plan changed can be undone as a whole.`
            }
          />
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
          fetching={plans.isFetching && plans.data === undefined}
          onNeedMore={plans.hasNextPage && !plans.isFetchingNextPage ? () => void plans.fetchNextPage() : undefined}
          empty={
            <EmptyPage title="No plan was applied yet." act={{ label: 'See the plan', to: '/access-rules/plan' }}>
              <p>Once you apply what the rules say, it stands here: line by line, how each was proved, and a way back.</p>
            </EmptyPage>
          }
        />
      )}
    </ListBody>
  );
}
