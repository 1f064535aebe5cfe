import { ActButton } from '../design/act.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useCallPages } from '../shell/use-call.ts';
import { DifferenceRows } from './difference-rows.tsx';
import { counted } from './words.ts';

/** Where systems that tell who works here say something else than the people list has. */
export default function DifferencesPage() {
  const { search } = usePlace();
  const person = search.person ? { person: search.person } : {};
  const open = useDifferences('false', person);
  const decided = useDifferences('true', person);
  const error = open.error ?? decided.error;
  const total = open.data?.pages[0]?.total ?? 0;
  const settled = decided.data?.pages[0]?.total ?? 0;
  const crumb = [
    { label: 'People', to: '/people' },
    { label: 'Who tells of people', to: '/people/sources' },
  ];
  return (
    <PageBody>
      <PageHeader
        crumb={crumb}
        title={open.data === undefined ? 'Differences' : titleOf(total)}
        lede="The people list keeps what stands until you choose, or until a source tells something new that may be written. A leaving date on which two sources of the same rank differ always waits for you."
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {open.data === undefined && error === null && <Skeleton as="rows" />}
      {open.data !== undefined && total === 0 && settled === 0 && (
        <EmptyPage title="Nothing differs" act={{ label: 'See who tells of people', to: '/people/sources' }}>
          <p>
            When an HR system, a directory and this list say different things of somebody, it stands here with what each of them says, and
            you choose once.
          </p>
        </EmptyPage>
      )}
      {total > 0 && (
        <Section title="To decide">
          <DifferenceRows rows={open.data?.pages.flatMap(({ rows }) => rows) ?? []} named />
          {open.hasNextPage && <More list={open} />}
        </Section>
      )}
      {settled > 0 && (
        <Section title="Decided" note="Each holds until one of the sources tells something else.">
          <DifferenceRows rows={decided.data?.pages.flatMap(({ rows }) => rows) ?? []} named />
          {decided.hasNextPage && <More list={decided} />}
        </Section>
      )}
      {search.person && (
        <p>
          <PlaceLink to="/people/differences">Show those of everybody</PlaceLink>
        </p>
      )}
    </PageBody>
  );
}

const useDifferences = (decided: 'true' | 'false', person: { person?: string }) =>
  useCallPages('listPeopleDifferences', { query: { decided, ...person, limit: 50 } }, ({ nextOffset }) =>
    nextOffset === null ? null : { offset: nextOffset },
  );

const More = ({ list }: { list: ReturnType<typeof useDifferences> }) => (
  <ActButton act={{ label: 'Show more', onClick: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }} size="xs" />
);

const titleOf = (total: number): string =>
  total === 0 ? 'Nothing waits for a decision' : `${counted(total, 'value differs and waits', 'values differ and wait')} for a decision`;
