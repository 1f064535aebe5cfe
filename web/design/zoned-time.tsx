import { Fragment } from 'react';
import { instantOf, momentsInPlaces, type Place } from './format-in-zones.ts';
import { useNow } from './now.ts';
import { useReader } from './reader.tsx';

type ZonedTimeProps = {
  /** ISO text, Date or milliseconds. */
  instant: string | number | Date;
  /** The place of the person it concerns; without it the reader's own. */
  place?: Place;
  seconds?: boolean;
  /** “Today” instead of the date where it is today there. */
  today?: boolean;
  /** Leaves out the reader's own clock, where a heading says whose times these are. */
  alone?: boolean;
  /** Sets date and time of the first place in medium weight. */
  strong?: boolean;
};

/** A moment in the zone of the person it concerns, then, dimmed, in the reader's: `Fri 27 Nov, 17:00 in Montréal · 23:00 in Berlin`. */
export function ZonedTime({ instant, place, seconds, today, alone = false, strong = false }: ZonedTimeProps) {
  const reader = useReader();
  const now = useNow();
  const places = place === undefined ? [reader.place] : alone ? [place] : [place, reader.place];
  const [first, ...others] = momentsInPlaces(instant, places, { now, seconds, today, hours: reader.hours });
  if (first === undefined) return null;
  const clock = `${first.date}, ${first.time}`;
  return (
    <time dateTime={new Date(instantOf(instant)).toISOString()} className="gc-figures">
      <span className="gc-together">
        {strong ? <b style={{ fontWeight: 500 }}>{clock}</b> : clock} in {first.place}
      </span>
      {others.map(({ date, time, place: name }) => (
        <Fragment key={name}>
          {' '}
          <span className="gc-dimmed gc-together">
            · {date === '' ? '' : `${date}, `}
            {time} in {name}
          </span>
        </Fragment>
      ))}
    </time>
  );
}
