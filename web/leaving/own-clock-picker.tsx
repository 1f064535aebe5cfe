import { TextInput } from '@mantine/core';
import type { Place } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { type LocalMoment, localMomentNote, resolveLocalMoment } from '../design/resolve-local-moment.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './leaving.module.css';

type OwnClockPickerProps = {
  legend: string;
  value: LocalMoment;
  onChange: (value: LocalMoment) => void;
  places: Place[];
  problem?: string;
};

/** Chooses one local date and time for people on several clocks, and names the moment on each of them. */
export function OwnClockPicker({ legend, value, onChange, places, problem }: OwnClockPickerProps) {
  const now = useNow();
  return (
    <fieldset style={{ border: 0, margin: '20px 0 0', padding: 0, minWidth: 0 }}>
      <legend style={{ padding: 0, marginBottom: 6, fontWeight: 600 }}>{legend}, on each one’s own clock</legend>
      <div className={classes.two}>
        <TextInput
          type="date"
          label="Date"
          value={value.date}
          error={problem !== undefined}
          onChange={(event) => onChange({ ...value, date: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label="Time"
          value={value.time}
          error={problem !== undefined}
          onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
        />
      </div>
      <div aria-live="polite">
        <ul className={classes.zones}>
          {places.map((place) => {
            const moment = { ...value, zone: place.zone };
            const resolved = resolveLocalMoment(moment);
            const note = localMomentNote(moment, place, now);
            if (resolved === null) return null;
            return (
              <li key={place.zone}>
                <ZonedTime instant={resolved.instant} place={place} />
                {note !== null && <p className={classes.note}>{note}</p>}
              </li>
            );
          })}
        </ul>
        {problem !== undefined && <p className={classes.note}>{problem}</p>}
      </div>
    </fieldset>
  );
}
