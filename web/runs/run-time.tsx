import { useState } from 'react';
import { formatInZones, momentsInPlaces } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { useReader } from '../design/reader.tsx';
import { Section } from '../design/section.tsx';
import { TimeRail } from '../design/time-rail.tsx';
import { atWords, clockDifference, differenceWords, inSentence } from './run-clock.ts';
import type { OpenDialog } from './run-dialog-kind.ts';
import { runParts } from './run-parts.tsx';
import { placeOfRun } from './run-place.ts';
import type { RunDetail } from './run-state.ts';
import classes from './runs.module.css';

/** The run in time, on the leaver's clock or on the reader's. */
export function RunTime({ detail, open }: { detail: RunDetail; open: OpenDialog }) {
  const { run } = detail;
  const reader = useReader();
  const now = useNow();
  const [mine, setMine] = useState(false);
  const theirs = placeOfRun(run);
  const place = mine ? reader.place : theirs;
  const cutOffAt = Date.parse(run.cut_off_at);
  const differs = clockDifference(reader.place, theirs, cutOffAt) !== 0;
  const shared = { now, hours: reader.hours };
  const whose = mine
    ? `Times are yours, in ${place.name}.`
    : `Times are ${run.given_name ?? 'theirs'}${run.given_name === null ? '' : '’s'}, in ${place.name}.`;
  const parts = runParts({
    detail,
    now,
    open,
    cutOff: formatInZones(run.cut_off_at, differs ? [place, mine ? theirs : reader.place] : [place], shared),
    clock: {
      past: (instant) => atWords(instant, place, shared),
      atCutOff: (instant) => atWords(instant, place, { ...shared, seconds: true, onDayOf: run.cut_off_at }),
      said: (instant) => inSentence(atWords(instant, place, { ...shared, today: true })),
      next: (instant) => atWords(instant, place, { ...shared, today: true }),
    },
  });
  const [moment] = momentsInPlaces(now, [place], shared);
  return (
    <Section
      title="The run, in time"
      note={
        <>
          {whose} {differs && differenceWords(mine ? theirs : reader.place, place, cutOffAt)}{' '}
          {differs && (
            <button type="button" className={classes.link} onClick={() => setMine(!mine)}>
              Show {mine ? theirs.name : reader.place.name}
            </button>
          )}
        </>
      }
    >
      <TimeRail parts={parts} now={`${moment?.date}, ${moment?.time} in ${place.name}`} />
    </Section>
  );
}
