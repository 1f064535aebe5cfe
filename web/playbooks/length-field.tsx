import { Input, NativeSelect, NumberInput } from '@mantine/core';
import { useId } from 'react';
import { type Length, type Unit, unitWords } from './lengths.ts';
import classes from './playbooks.module.css';

type LengthFieldProps = {
  label: string;
  value: Length;
  units?: Unit[];
  least?: number;
  onChange: (value: Length) => void;
};

/** A number and its unit. */
export function LengthField({ label, value, units = ['minutes', 'hours', 'days'], least = 0, onChange }: LengthFieldProps) {
  const id = useId();
  return (
    <div className={classes.amount}>
      <Input.Label htmlFor={id}>{label}</Input.Label>
      <div className={classes.length}>
        <NumberInput
          id={id}
          min={least}
          max={3650}
          allowDecimal={false}
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount: Math.max(least, Number(amount) || 0) })}
        />
        <NativeSelect
          aria-label={`${label}: counted in`}
          value={value.unit}
          data={units.map((unit) => ({ value: unit, label: unitWords[unit] }))}
          onChange={(event) => onChange({ ...value, unit: event.currentTarget.value as Unit })}
        />
      </div>
    </div>
  );
}
