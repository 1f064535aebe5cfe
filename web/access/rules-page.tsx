import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { Num } from '../design/num.tsx';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { conditionWords } from './condition.ts';
import { Whom } from './whom.tsx';
import { counted, givesWords, mendWords, people, type Rule } from './words.ts';

const groups = [
  { key: 'unnamed', heading: 'Gives something that its app does not know' },
  { key: 'unknown', heading: 'Of somebody it is not known whether they are meant' },
  { key: 'fine', heading: 'Clear for everybody' },
];

const groupOf = (rule: Rule): string => (rule.grants.some(({ known }) => !known) ? 'unnamed' : rule.unknown > 0 ? 'unknown' : 'fine');

const columns: Column<Rule>[] = [
  {
    id: 'name',
    heading: 'Rule',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: (rule) => <PlaceLink to={`/access-rules/${rule.id}`}>{rule.name}</PlaceLink>,
  },
  { id: 'when', heading: 'Whom it means', cell: ({ when }) => <Whom when={when} />, givenUp: true },
  { id: 'gives', heading: 'Gives', cell: ({ grants }) => givesWords(grants), phone: 'title' },
  {
    id: 'people',
    heading: 'People',
    width: 92,
    numeric: true,
    phone: 'count',
    sortBy: ({ matches }) => matches,
    cell: ({ id, name, matches }) => <Num value={matches} to={`/access-rules/${id}#people`} of={`people whom ${name} means`} />,
  },
  { id: 'needs', heading: 'Not known', width: 190, phone: 'status', cell: (rule) => <Needs rule={rule} /> },
  { id: 'mend', heading: 'A gap', width: 150, givenUp: true, sortBy: ({ mend }) => mend, cell: ({ mend }) => mendWords[mend] },
];

function Needs({ rule }: { rule: Rule }) {
  const unnamed = rule.grants.filter(({ known }) => !known);
  return (
    <>
      {unnamed.length > 0 && (
        <div>
          <StatusChip kind="unknown">{unnamed.map(({ entitlement }) => entitlement).join(', ')}</StatusChip>
        </div>
      )}
      {rule.unknown > 0 && (
        <PlaceLink to={`/access-rules/${rule.id}#unknown`} style={{ color: 'inherit' }}>
          <StatusChip kind="unknown">{people(rule.unknown)}</StatusChip>
        </PlaceLink>
      )}
    </>
  );
}

/** Who gets what by birthright: every rule in plain words, and how far it is from what people have. */
export default function RulesPage() {
  const { search, setSearch } = usePlace();
  const find = search.find ?? '';
  const setFind = (text: string) => setSearch({ find: text });
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const mayManage = useMay('access:manage');
  const { data, error, isFetching } = useCall('listAccessRules');
  if (error !== null)
    return (
      <PageBody>
        <PageHeader title="Access rules" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  const rows = data?.rows ?? [];
  if (data !== undefined && rows.length === 0) return <NoRule mayManage={mayManage} />;
  const words = find.trim().toLowerCase();
  const found = rows.filter(
    ({ name, when, grants }) => words === '' || `${name} ${conditionWords(when)} ${givesWords(grants)}`.toLowerCase().includes(words),
  );
  return (
    <ListBody
      head={
        <>
          <PageHeader
            title="Access rules"
            lede={data === undefined ? undefined : <Whole rules={rows.length} />}
            acts={[
              { label: 'See the plan', to: '/access-rules/plan', filled: true },
              ...(mayManage ? [{ label: 'Write a rule…', to: '/access-rules/new' }] : []),
            ]}
            more={
              <MoreMenu
                items={[
                  ...(mayManage ? [{ label: 'Propose rules from what people have…', to: '/access-rules/proposals' }] : []),
                  { label: 'Plans made so far', to: '/access-rules/plans' },
                ]}
              />
            }
          />
          <ListViews list="access-rules" />
          <FilterBar placeholder="Name, app or department" find={find} onFind={setFind} closer={closer} onCloser={setCloser} />
        </>
      }
    >
      <DataTable
        name="access-rules"
        label="Access rules"
        noun={['rule', 'rules']}
        columns={columns}
        rows={found}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        groups={groups}
        groupOf={groupOf}
        closer={closer}
        fetching={isFetching && data === undefined}
        empty={<p>No rule speaks of “{find.trim()}”.</p>}
      />
    </ListBody>
  );
}

function Whole({ rules }: { rules: number }) {
  const { data: gap } = useCall('previewPlan', { query: { limit: 1 } });
  return (
    <>
      {counted(rules, 'rule says', 'rules say')} who gets what.{' '}
      {gap !== undefined &&
        (gap.total === 0 ? (
          gap.underWay.total === 0 ? (
            'Everybody has what they say.'
          ) : (
            <>
              What differs from them waits on <PlaceLink to="/access-rules/plans">a plan that was made</PlaceLink>.
            </>
          )
        ) : (
          <>
            What people have differs in <Num value={gap.total} to="/access-rules/plan" of="lines of the plan" />{' '}
            {gap.total === 1 ? 'place' : 'places'}; nothing of it happens until somebody applies the plan.
          </>
        ))}
    </>
  );
}

function NoRule({ mayManage }: { mayManage: boolean }) {
  return (
    <PageBody>
      <PageHeader title="Access rules" />
      <EmptyPage
        title="Say once who gets what."
        act={mayManage ? { label: 'Propose rules from what people already have', to: '/access-rules/proposals' } : undefined}
        other={mayManage ? { label: 'Write a rule', to: '/access-rules/new' } : undefined}
      >
        <p>
          A rule says it for good: “Sales gets the CRM as Standard”. From then on you see who lacks it, a hire has it on the first morning,
          and whoever changes department gets what belongs to the new one.
        </p>
        <p style={{ marginTop: 10 }}>
          Rules can be proposed from the accounts that were read. No rule changes anything by itself: the differences wait on a plan, and a
          rule takes away only what a rule gave.
        </p>
      </EmptyPage>
    </PageBody>
  );
}
