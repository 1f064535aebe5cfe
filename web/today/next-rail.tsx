import { useState } from 'react';
import { momentsInPlaces, zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { useReader } from '../design/reader.tsx';
import { Section } from '../design/section.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { TimeRail } from '../design/time-rail.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './today.module.css';
import type { Today } from './today-page.tsx';

const shownAtFirst = 6;

const kinds: Record<Today['next'][number]['kind'], StatusKind> = {
  'cut-off': 'planned',
  task: 'waiting',
  retry: 'planned',
  start: 'starts',
  sync: 'planned',
  leave: 'planned',
};

/** What comes in the next two weeks, whatever anybody does. */
export function NextRail({ next }: { next: Today['next'] }) {
  const now = useNow();
  const { place, hours } = useReader();
  const [all, setAll] = useState(false);
  const [moment] = momentsInPlaces(now, [place], { now, hours });
  const shown = all ? next : next.slice(0, shownAtFirst);
  return (
    <Section
      title="Happens next"
      aside={
        next.length > shownAtFirst ? (
          <button type="button" className={classes.link} onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Only the next ones' : `All ${next.length}, two weeks`}
          </button>
        ) : (
          <span>two weeks</span>
        )
      }
    >
      <TimeRail
        now={`${moment?.date}, ${moment?.time} in ${place.name}`}
        items={shown.map((each) => ({
          key: each.key,
          kind: kinds[each.kind],
          past: false,
          when: <ZonedTime instant={each.at} place={{ zone: each.zone, name: each.place ?? zoneCity(each.zone) }} today strong />,
          what: <PlaceLink to={each.link}>{each.title}</PlaceLink>,
          detail: each.text === '' ? undefined : each.text,
        }))}
      />
      {next.length === 0 && <p className="gc-dimmed">Nothing is due in the next two weeks.</p>}
    </Section>
  );
}
