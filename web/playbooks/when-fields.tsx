import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { momentOf, type Unit, unitWords, type WhenForm, whenForm } from './lengths.ts';
import classes from './playbooks.module.css';
import type { Choices, Step } from './words.ts';

type WhenFieldsProps = {
  at: Step['at'];
  anchors: Choices['anchors'];
  onChange: (at: Step['at']) => void;
  problem?: string;
};

/** When a step begins, as a sentence of fields: 3 · working days · before · the first day · at 09:00. */
export function WhenFields({ at, anchors, onChange, problem }: WhenFieldsProps) {
  const [form, setForm] = useState(() => whenForm(at));
  const isInstant = (anchor: string) => anchors.find(({ value }) => value === anchor)?.instant === true;
  const instant = isInstant(form.anchor);
  const exact = form.side !== 'on' && (form.unit === 'hours' || form.unit === 'minutes');
  const change = (part: Partial<WhenForm>) => {
    const next = { ...form, ...part };
    const wanted = isInstant(next.anchor);
    if (!wanted && (next.unit === 'hours' || next.unit === 'minutes')) next.unit = 'days';
    if (next.side !== 'on' && next.amount === 0) next.amount = 1;
    setForm(next);
    onChange(momentOf(next, wanted));
  };
  const units: Unit[] = instant ? ['days', 'workingDays', 'hours', 'minutes'] : ['days', 'workingDays'];
  return (
    <fieldset className={classes.group}>
      <legend>When it begins</legend>
      <div className={classes.fields}>
        <NativeSelect
          label="Before or after"
          value={form.side}
          data={[
            { value: 'before', label: 'Before' },
            { value: 'on', label: instant ? 'Exactly at, or on the day of' : 'On' },
            { value: 'after', label: 'After' },
          ]}
          onChange={(event) => change({ side: event.currentTarget.value as WhenForm['side'] })}
        />
        <NativeSelect
          label="Which date"
          value={form.anchor}
          data={anchors.map(({ value, label }) => ({ value, label }))}
          onChange={(event) => change({ anchor: event.currentTarget.value as WhenForm['anchor'] })}
        />
        {form.side !== 'on' && (
          <>
            <NumberInput
              label="How long"
              min={1}
              max={3650}
              allowDecimal={false}
              value={form.amount}
              onChange={(value) => change({ amount: Number(value) || 1 })}
            />
            <NativeSelect
              label="Counted in"
              value={form.unit}
              data={units.map((value) => ({ value, label: unitWords[value] }))}
              onChange={(event) => change({ unit: event.currentTarget.value as Unit })}
            />
          </>
        )}
        {!exact && (
          <TextInput
            type="time"
            label="At (their local time)"
            description={form.time !== '' ? undefined : instant ? 'Empty: the same time of day.' : 'Empty: 09:00.'}
            value={form.time}
            onChange={(event) => change({ time: event.currentTarget.value })}
          />
        )}
      </div>
      {problem !== undefined && <p className={classes.wrong}>{problem}</p>}
    </fieldset>
  );
}
