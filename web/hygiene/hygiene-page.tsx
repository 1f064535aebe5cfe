import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import { Caveats } from './caveats.tsx';
import { counted, lists, type Overview } from './words.ts';

/** What drifted in the apps without anybody joining or leaving: the lists with their counts. */
export default function HygienePage() {
  const { data, error } = useCall('getHygiene');
  if (error !== null)
    return (
      <PageBody>
        <PageHeader title="Hygiene" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  if (data === undefined) return <Skeleton />;
  const open = data.lists.filter((list) => list.open > 0);
  const settled = data.lists.filter((list) => list.open === 0);
  const nothingRead = data.lists.every(({ kind, of }) => kind === 'one-owner' || of === 0);
  if (nothingRead)
    return (
      <PageBody>
        <PageHeader title="Hygiene" />
        <EmptyPage
          title="No app was read yet."
          act={{ label: 'Connect an app', to: '/connections/new' }}
          other={{ label: 'Give a list of its users', to: '/apps/new' }}
        >
          <p>
            Once apps are read, this page shows what nobody looks at otherwise: accounts without a second factor, administrators, guests,
            programs that may read everybody’s mail. Each with the mend beside it.
          </p>
        </EmptyPage>
      </PageBody>
    );
  return (
    <PageBody>
      <PageHeader
        title={titleOf(data)}
        lede={
          <>
            Each list is read from the apps as they were last read. Nothing is changed until you say so. What differs from the access rules
            stands on <PlaceLink to="/access-rules/plan">the plan</PlaceLink>.
          </>
        }
      />
      {open.length > 0 && (
        <Section title="To look at">
          <RowList rows={open.map(rowOf)} />
        </Section>
      )}
      {settled.length > 0 && (
        <Section title="Nothing on these lists">
          <RowList rows={settled.map(rowOf)} />
        </Section>
      )}
      <Caveats caveats={data.caveats} />
    </PageBody>
  );
}

function titleOf({ lists: all }: Overview): string {
  const fresh = all.reduce((sum, list) => sum + list.fresh, 0);
  const open = all.filter((list) => list.open > 0).length;
  if (open === 0) return 'Nothing known drifted.';
  return fresh === 0
    ? `${open === 1 ? 'One list has something on it' : `${open} lists have something on them`}. Nothing is new this week.`
    : `${counted(fresh, 'thing is', 'things are')} new this week.`;
}

function rowOf(list: Overview['lists'][number]) {
  const words = lists[list.kind];
  const to = `/hygiene/${list.kind}`;
  return {
    key: list.kind,
    title: words.title,
    to,
    detail: (
      <>
        {list.open === 0 ? words.none : words.note}
        {list.unknown > 0 && (
          <>
            {' '}
            Of <Num value={list.unknown} to={`${to}#unknown`} of="of which it is not known" /> of{' '}
            {counted(list.of, list.kind === 'app-grant' ? 'program' : 'account', list.kind === 'app-grant' ? 'programs' : 'accounts')} it is
            not known whether {words.unknown}.
          </>
        )}
        {list.accepted > 0 && (
          <>
            {' '}
            <Num value={list.accepted} to={`${to}?view=accepted`} of="accepted" /> stay{list.accepted === 1 ? 's' : ''} as{' '}
            {list.accepted === 1 ? 'it is' : 'they are'} for now.
          </>
        )}
      </>
    ),
    right: (
      <span>
        {list.fresh > 0 && <StatusChip kind="waiting">{list.fresh} new</StatusChip>}{' '}
        {list.open > 0 ? (
          <Num value={list.open} to={to} of={words.noun[1]} />
        ) : list.unknown > 0 ? (
          <StatusChip kind="unknown">Not known of all</StatusChip>
        ) : null}
      </span>
    ),
  };
}
