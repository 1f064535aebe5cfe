import { Button } from '@mantine/core';
import { zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { type RailItem, TimeRail } from '../design/time-rail.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useCallPages } from '../shell/use-call.ts';
import { eventDetail, eventKind, eventWords } from './event-words.ts';
import { type Person, placeOf } from './words.ts';

type Event = OutputOf<'getPersonTimeline'>['rows'][number];

const pageSize = 20;

/** What happened to a person, the newest last, then what is to come. */
export function PersonTimeline({ person }: { person: Person }) {
  const now = useNow();
  const place = placeOf(person);
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useCallPages(
    'getPersonTimeline',
    { params: { personId: person.id }, query: { limit: pageSize } },
    ({ rows }) => (rows.length < pageSize ? null : { before: rows.at(-1)?.id ?? '' }),
  );
  if (error !== null) return <Problem {...problemProps(error)} />;
  const events = (data?.pages.flatMap((page) => page.rows) ?? []).toReversed();
  const items: RailItem[] = [...events.map((event) => itemOf(event, person)), ...comes(person, now)];
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: place.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
  return (
    <Section title="What happened, what comes">
      {hasNextPage && (
        <Button size="xs" variant="subtle" loading={isFetching} onClick={() => void fetchNextPage()}>
          Show what was before
        </Button>
      )}
      <TimeRail items={items} now={`${clock.replace(',', '')} in ${place.name ?? zoneCity(place.zone)}`} />
    </Section>
  );
}

function itemOf(event: Event, person: Person): RailItem {
  return {
    key: event.id,
    kind: eventKind(event),
    past: true,
    when: <ZonedTime instant={event.at} place={placeOf(person)} alone />,
    what: eventWords(event),
    detail: eventDetail(event),
  };
}

function comes(person: Person, now: number): RailItem[] {
  const place = placeOf(person);
  const later = (key: string, instant: string | null, what: string): RailItem[] =>
    instant === null || Date.parse(instant) <= now
      ? []
      : [{ key, kind: 'planned', past: false, when: <ZonedTime instant={instant} place={place} alone />, what }];
  return person.cutOffAt === null ? later('left', person.leftAt, 'Counts as left') : later('cut-off', person.cutOffAt, 'Access closes');
}
