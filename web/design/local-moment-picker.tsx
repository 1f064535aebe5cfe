import { NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Place } from './format-in-zones.ts';
import classes from './local-moment-picker.module.css';
import { useNow } from './now.ts';
import { type LocalMoment, localMomentNote, resolveLocalMoment } from './resolve-local-moment.ts';
import { ZonedTime } from './zoned-time.tsx';

type LocalMomentPickerProps = {
  legend: string;
  value: LocalMoment;
  onChange: (value: LocalMoment) => void;
  /** The places to choose from; with one, it is only named. The first fits a zone that several share. */
  places: Place[];
  /** First and last day that may be chosen, `2026-11-27`. */
  min?: string;
  max?: string;
  /** Instead of the note that the picker works out itself for a time that is missing or comes twice. */
  note?: string | null;
  problem?: string;
};

/** Chooses date, time and zone, and names the result on both clocks while choosing. */
export function LocalMomentPicker({ legend, value, onChange, places, min, max, note, problem }: LocalMomentPickerProps) {
  const now = useNow();
  const resultId = useId();
  const place = places.find(({ zone }) => zone === value.zone) ?? { zone: value.zone, name: value.zone };
  const resolved = resolveLocalMoment(value);
  const said = note === undefined ? localMomentNote(value, place, now) : note;
  return (
    <fieldset className={classes.picker} aria-describedby={resultId}>
      <legend>{legend}</legend>
      <div className={classes.fields}>
        <TextInput
          type="date"
          label="Date"
          value={value.date}
          min={min}
          max={max}
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
        {places.length > 1 ? (
          <NativeSelect
            label="In"
            value={value.zone}
            onChange={(event) => onChange({ ...value, zone: event.currentTarget.value })}
            data={places.map(({ zone, name }) => ({ value: zone, label: name }))}
          />
        ) : (
          <p className={classes.place}>in {place.name}</p>
        )}
      </div>
      <div id={resultId} aria-live="polite" className={classes.result}>
        {resolved !== null && (
          <p>
            <ZonedTime instant={resolved.instant} place={place} strong />
          </p>
        )}
        {said !== null && <p className={classes.note}>{said}</p>}
        {problem !== undefined && <p className={classes.problem}>{problem}</p>}
      </div>
    </fieldset>
  );
}
