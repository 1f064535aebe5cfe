import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { formatDay, type Place } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { localMomentNote, resolveLocalMoment } from '../design/resolve-local-moment.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { usualStart } from './hire-draft.ts';
import classes from './joining.module.css';

type FirstDayProps = {
  date: string;
  time: string;
  /** Null while nobody said where they work. */
  place: Place | null;
  problem?: string;
  label?: string;
  onChange: (date: string) => void;
};

/** Chooses the first day, and names the moment it becomes on their clock: also a weekend, a clock change, a day that is near or past. */
export function FirstDay({ date, time, place, problem, label = 'First day', onChange }: FirstDayProps) {
  const now = useNow();
  const id = useId();
  const clock = time === '' ? usualStart : time;
  const moment = { date, time: clock, zone: place?.zone ?? 'UTC' };
  const resolved = resolveLocalMoment(moment);
  const notes =
    resolved === null ? [] : [place === null ? null : localMomentNote(moment, place, now), dayNote(date), nearNote(resolved.instant, now)];
  return (
    <div>
      <TextInput
        type="date"
        label={label}
        value={date}
        error={problem}
        aria-describedby={id}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div id={id} aria-live="polite">
        {resolved !== null && (
          <p className={classes.hint}>
            The first morning:{' '}
            {place === null ? (
              `${formatDay(date, { now })}, ${clock} where they work`
            ) : (
              <ZonedTime instant={resolved.instant} place={place} strong />
            )}
          </p>
        )}
        {notes.map((note) =>
          note === null ? null : (
            <p key={note} className={classes.note}>
              {note}
            </p>
          ),
        )}
      </div>
    </div>
  );
}

const weekends: Record<number, string> = { 0: 'Sunday', 6: 'Saturday' };

function dayNote(date: string): string | null {
  const day = weekends[new Date(`${date}T12:00:00Z`).getUTCDay()];
  return day === undefined ? null : `That is a ${day}.`;
}

const aDay = 86_400_000;

function nearNote(instant: number, now: number): string | null {
  if (instant <= now) return 'That moment has passed: what would have been done before is done at once, and marked late.';
  return instant - now < 5 * aDay ? 'That is soon: steps whose time has passed are done at once, and marked late.' : null;
}
